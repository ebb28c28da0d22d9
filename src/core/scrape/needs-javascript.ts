import { elementText } from './element-text.ts';
import type { Page } from './parse-page.ts';
import { scriptText } from './structured-data.ts';

const asksForScripts =
  /enable javascript|javascript (?:is )?(?:required|disabled|must be)|turn on javascript|activez? (?:le )?javascript|activer javascript|javascript aktivieren|aktivieren sie javascript|abilita(?:re)? javascript|attiva(?:re)? javascript|habilit[ae]r? javascript|включите javascript|تفعيل (?:ال)?(?:جافا|javascript)/i;

/** Whether the page is an empty shell that scripts fill: few words, and scripts or a note that says so. */
export function needsJavascript(page: Page): boolean {
  const words = page.elements.length === 0 ? 0 : Math.max(...page.textEnd.subarray(0, 3));
  if (words > 1200) return false;
  let scripts = 0;
  let sources = 0;
  let mount = false;
  let asks = false;
  for (const element of page.elements) {
    if (element.name === 'script') {
      scripts += scriptText(element).length;
      if (element.attribs.src !== undefined) sources += 1;
    } else if (element.name === 'noscript')
      asks ||= asksForScripts.test(element.children.map(child => elementTextOf(child)).join(' '));
    else if (
      /^(?:root|app|__next|__nuxt|gatsby|svelte|main-app|application)$/i.test(element.attribs.id ?? '') ||
      element.name === 'app-root'
    )
      mount = true;
  }
  if (words < 300 && (mount || asks) && sources + scripts > 0) return true;
  return words < 400 && (sources >= 3 || scripts > 5000) && page.anchors.length < 12;
}

function elementTextOf(node: Parameters<typeof elementText>[0]): string {
  return node.type === 'text' ? node.data : elementText(node);
}
