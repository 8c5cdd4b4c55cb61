/** The logging functions the platform needs; pino and Fastify's loggers fit. Messages never contain row data. */
export interface PlainLog {
  info(message: string): void;
  warn(message: string): void;
}

/** Discards everything; the default when no logger is given. */
export const silentLog: PlainLog = { info: () => {}, warn: () => {} };
