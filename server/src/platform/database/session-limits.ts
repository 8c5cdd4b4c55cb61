/** Timeouts for every session, in ms, sent when the connection opens. */
export function sessionLimits(statementTimeout = 5000) {
  return {
    connectionTimeoutMillis: 2000,
    statement_timeout: statementTimeout,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    // Client-side limit for a server that does not answer at all; the server's own limits apply first.
    query_timeout: statementTimeout + 10_000,
    keepAlive: true,
  };
}
