import type { Command } from './command.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '',
  about: 'Start the server. Ctrl-C stops it.',
  options: {},
  async run({ config }) {
    const { serve } = await import('../serve.ts');
    await serve(config);
    return 0;
  },
};
