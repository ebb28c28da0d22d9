/**
 * A collecting process that claims due sources until none is left, holds each for a moment, and saves it.
 * Prints `SOURCE HOST START END` for each. Usage: store-claimer.ts URL HOLDER NOW
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { fetchSave } from './store-samples.ts';

const [, , url = '', holder = '', time = ''] = process.argv;
const now = Number(time);
const idleRoundsMax = 40;
const store = await openStore(url, { connectionsMax: 4 });
for (let idle = 0; idle < idleRoundsMax; ) {
  const claims = await store.sources.claimDue({ now, limit: 6, perHost: 2, holder, leaseMs: 60_000 });
  const start = performance.timeOrigin + performance.now();
  idle = claims.length === 0 ? idle + 1 : 0;
  if (claims.length === 0) await sleep(25);
  await Promise.all(
    claims.map(async (claim, n) => {
      await sleep(2 + n * 3);
      const end = performance.timeOrigin + performance.now();
      const { sourceId, host } = claim.state;
      if ((await store.sources.save(fetchSave(claim, [], { state: { nextAt: now + 1e9 } }))) === 'saved')
        console.log(sourceId, host, start, end);
    }),
  );
}
await store.close();
