/** `newsfold serve` whose claims end soon after their fetch may. Usage: short-lease-service.ts DIR LEASE_SLACK_MS */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { watchConfig } from '../../src/config/watch-config.ts';
import { createLog } from '../../src/log.ts';

const [, , dir = '', leaseSlackMs = ''] = process.argv;
const loaded = await loadConfig(dir, process.env);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const app = await createApp({
  config: watchConfig(loaded.config, process.env),
  environment: process.env,
  log: createLog(process.stdout, 'info'),
  version: '0.0.0-test',
  leaseSlackMs: Number(leaseSlackMs),
});
const { url } = await app.start();
process.stderr.write(url ? `newsfold is at ${url}\n` : 'newsfold works without a page of its own\n');
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
