/** Set by a command: 0 done, 1 failed. Wrong usage is 2, decided here. */
export type Finish = (status: number) => void;

export type Shell = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    /** How wide the terminal is; `undefined` when it is none. */
    readonly columns?: number;
  };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly finish: Finish;
};
