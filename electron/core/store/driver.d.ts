/* eslint-disable @typescript-eslint/consistent-type-imports -- a declaration of a module may import in no other way */
/** The driver ships types that its own `exports` hide from bundler resolution: this names them where they lie. */
declare module 'better-sqlite3' {
  type Types = typeof import('../../../node_modules/better-sqlite3/index')
  type MadeDatabase = import('../../../node_modules/better-sqlite3/index').Database
  type MadeStatement = import('../../../node_modules/better-sqlite3/index').Statement
  type MadeRunResult = import('../../../node_modules/better-sqlite3/index').RunResult
  const Driver: Types
  namespace Driver {
    type Database = MadeDatabase
    type Statement = MadeStatement
    type RunResult = MadeRunResult
  }
  export = Driver
}
