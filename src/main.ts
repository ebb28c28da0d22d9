#!/usr/bin/env node
// Name look-ups share libuv's threads: with the usual four, a few dead names stall every other source.
process.env.UV_THREADPOOL_SIZE ??= '16';

/** argv → one command. An older Node is told in one line, before anything newer is loaded. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `newsfold needs Node.js 24 or newer; this is ${process.version}. In the checkout, "npm start" brings its own.\n`,
  );
  process.exit(2);
}
// A heap may grow by a third before it is collected, instead of to several times what it holds: a quarter less memory for a few hundredths of
// CPU (docs/performance.md). A V8 that knows no such flag leaves it.
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--heap-growing-percent=30');
// Half of a start is compiling the same code again. What was compiled is kept in the installation's own folder, which nobody else
// writes to; where that is read-only, everything works as before.
const { enableCompileCache, flushCompileCache } = await import('node:module');
enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/newsfold`);
// A service may run for months and then be killed: what its start compiled is kept soon.
setTimeout(flushCompileCache, 10_000).unref();
const { runCommandLine } = await import('./cli/run-command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
