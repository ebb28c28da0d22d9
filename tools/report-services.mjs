// Says in one line each what this machine lacks for the whole test run; nothing is skipped silently.
// With REQUIRE_SERVICES=1 a lack is a failure.
import { lackingServices } from '../test/support/services.ts';

const lacks = await lackingServices();
for (const { service, remedy } of lacks) console.log(`${service} is lacking, its tests are skipped: ${remedy}`);
if (lacks.length > 0 && process.env.REQUIRE_SERVICES === '1') process.exitCode = 1;
