import type { ScrapeRules } from '../../model.ts';
import { elementText } from './element-text.ts';
import { checkCss, readFieldRule } from './field-selector.ts';
import { type Element, isElement, type Page } from './parse-page.ts';

const nextText =
  /^(?:next(?: page)?|older(?: (?:posts|entries|articles))?|weiter|nächste(?: seite)?|ältere beiträge|suivant[e]?|page suivante|articles plus anciens|successiv[ao]|avanti|articoli (?:più vecchi|meno recenti)|post più vecchi|siguiente|entradas (?:antiguas|más antiguas)|próxim[ao]|далее|следующая|вперед|вперёд|التالي|الصفحة التالية|sonraki|επόμενη|następna|volgende|下一页|下一頁|次へ|次のページ|다음)\s*[»›→>]*$/iu;

/**
 * The next page of a list: by `rules.next` (`a.next@href`); without it, if `pagesMax` asks for more than one page, by
 * `rel=next` or a link that says so. Only within the page's own site.
 * @throws AppError `config-invalid`
 */
export function findNextPage(page: Page, rules: ScrapeRules): string | null {
  if (rules.next === undefined && (rules.pagesMax ?? 1) <= 1) return null;
  for (const href of rules.next === undefined ? guessed(page) : byRule(page, rules.next)) {
    const url = URL.parse(href, page.baseUrl);
    const here = URL.parse(page.url);
    if (url === null || here === null || !/^https?:$/.test(url.protocol)) continue;
    url.hash = '';
    if (url.host === here.host && url.href !== here.href) return url.href;
  }
  return null;
}

function byRule(page: Page, rule: string): string[] {
  return readFieldRule(rule, 'next').flatMap(({ css, attribute }) => {
    checkCss(page, css || '*', 'next');
    const elements = css === '' ? [] : page.$(css).get().filter(isElement);
    return elements.map(element => element.attribs[attribute ?? 'href'] ?? '').filter(href => href !== '');
  });
}

function guessed(page: Page): string[] {
  const marked = page.elements.filter(
    element => /^(?:link|a)$/.test(element.name) && /(?:^|\s)next(?:\s|$)/.test(element.attribs.rel ?? ''),
  );
  const said = page.anchors
    .map(number => page.elements[number] as Element)
    .filter(element => nextText.test(elementText(element)));
  return [...marked, ...said].map(element => element.attribs.href ?? '').filter(href => href !== '');
}
