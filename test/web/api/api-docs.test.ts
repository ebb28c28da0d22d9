import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { apiTable } from '../../../src/web/api/api-routes.ts';

const docs = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');

describe('docs/api.md', () => {
  const described = [...docs.matchAll(/^\| `([A-Z]+) \/api\/v1([^`]*)` \| (\w+) \|/gm)].map(
    ([, method, path, right]) => `${method} ${path} ${right}`,
  );

  it('names every route with its right, and none that is not', () => {
    expect(described.toSorted()).to.deep.equal(
      apiTable.map(({ method, path, right }) => `${method.toUpperCase()} ${path} ${right}`).toSorted(),
    );
  });
});
