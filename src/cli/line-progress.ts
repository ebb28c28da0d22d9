import cliProgress from 'cli-progress';

export type LineProgress = {
  update(done: number, total?: number): void;
  stop(): void;
};

/** A bar on a terminal's standard error; nothing anywhere else, so that logs stay readable. */
export function startProgress(
  stderr: NodeJS.WritableStream,
  { label, total, unit }: { readonly label: string; readonly total: number; readonly unit: string },
): LineProgress {
  if (!('isTTY' in stderr) || stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage}% {value}/{total} ${unit}`,
      stream: stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(Math.max(1, total), 0);
  return {
    update(done, newTotal) {
      if (newTotal !== undefined) bar.setTotal(Math.max(1, newTotal));
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
