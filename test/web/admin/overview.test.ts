import { expect } from 'chai';
import { sizesFact } from '../../../src/pipeline/forecast-disk.ts';
import { type RunningService, startService } from '../../support/running-service.ts';

const dayMs = 86_400_000;

describe('the overview', () => {
  let service: RunningService;
  const overview = async (language = 'en') =>
    (await fetch(`${service.url}/admin/`, { headers: { 'accept-language': language } })).text();

  before(async () => {
    service = await startService({ newsfold: 'samples: false\nroles: [web]\n' });
  });
  after(() => service.stop());

  it('draws fetch times, cache and queue as charts', async () => {
    const { store } = service.app;
    await store.maintenance.note(
      { 'cache:hits': 30, 'cache:misses': 10, 'queue:sum': 7, 'queue:looks': 1 },
      Date.now(),
    );
    const page = await overview();
    expect(page)
      .to.include('75 % of 40 reads answered')
      .and.match(/aria-label="Reads answered[^"]*, 75"/);
    expect(page).to.include('How long fetches take').and.include('Items waiting to be folded');
  });

  it('shows an import under way with how far it is, and nothing when it is over', async () => {
    let end: () => void = () => undefined;
    const over = new Promise<void>(resolve => {
      end = resolve;
    });
    const work = service.app.context.work.during({ kind: 'import', startedAt: Date.now() }, async tell => {
      tell(400, 2000);
      await over;
    });
    expect(await overview())
      .to.include('<progress max="2000" value="400"')
      .and.include('400 of 2,000');
    expect(await overview('it'))
      .to.include('Importazione di fonti')
      .and.include('400 di 2000');
    const status = (await (await fetch(`${service.url}/api/v1/status`)).json()) as { work: unknown[] };
    expect(status.work).to.have.length(1);
    end();
    await work;
    expect(await overview()).to.not.include('<progress');
  });

  it('says when the disk will be full, and raises an alert when that is soon', async () => {
    const { store } = service.app;
    const { bytes, freeBytes } = await store.maintenance.stats(Date.now());
    const perDay = Math.round((freeBytes ?? 0) / 5);
    const sizes = Array.from({ length: 4 }, (_, n) => [Date.now() - (3 - n) * dayMs, (bytes ?? 0) + n * perDay]);
    await store.facts.set(sizesFact, JSON.stringify(sizes));
    expect(await overview())
      .to.match(/The disk will be full in [45][.\d]* days/)
      .and.match(/full in [45] days/);
    expect(await overview('it'))
      .to.match(/Il disco sarà pieno fra [45][,.\d]* giorni/)
      .and.match(/pieno fra [45] giorni/);
    await store.facts.set(sizesFact, '[]');
  });
});
