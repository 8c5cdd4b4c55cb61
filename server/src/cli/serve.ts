import type { Command } from './command.ts';

export const serveCommand: Command = {
  usage: 'serve',
  about: 'Start the server. Ctrl-C stops it.',
  async run({ config }) {
    const { serve } = await import('../serve.ts');
    await serve(config);
  },
};
