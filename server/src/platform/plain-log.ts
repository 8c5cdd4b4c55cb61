/** The little the platform asks of a logger; pino and Fastify's loggers fit. Messages never hold rows' contents. */
export interface PlainLog {
  info(message: string): void;
  warn(message: string): void;
}

/** Swallows everything: the default where no logger is given. */
export const silentLog: PlainLog = { info: () => {}, warn: () => {} };
