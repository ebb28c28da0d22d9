import type { Millis } from '../model.ts';
import type { SamplePost, SampleSite } from './sample-site.ts';

type Context = { readonly site: SampleSite; readonly home: string; readonly startedAt: Millis };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

export function renderFrontPage(context: Context): string {
  const { site } = context;
  if (site.format === 'latest-list') return latestListPage(context);
  if (site.format === 'press-table') return pressTablePage(context);
  const links = site.posts
    .map(post => `<li><a href="${context.home}${post.slug}">${escapeHtml(post.title)}</a></li>`)
    .join('\n');
  return page(
    context,
    site.title,
    `<h1>${escapeHtml(site.title)}</h1><p>${escapeHtml(site.description)}</p><ul>${links}</ul>`,
  );
}

export function renderArticlePage(context: Context, post: SamplePost): string {
  const body = post.text.map(paragraph => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
  return page(
    context,
    post.title,
    `<article><h1>${escapeHtml(post.title)}</h1>
<p class="meta"><time datetime="${dateOf(post, context.startedAt).toISOString()}">${dateOf(post, context.startedAt).toISOString().slice(0, 10)}</time></p>
${body}</article>`,
  );
}

/** The page this project began with: an article, then "Latest from Blog", where the text repeats the title before a dash. */
function latestListPage(context: Context): string {
  const [article, ...rest] = context.site.posts;
  if (!article) return page(context, context.site.title, '');
  const paragraphs = article.text.map((paragraph, i) =>
    i === 0 ? `<p>${escapeHtml(article.title)} – ${escapeHtml(paragraph)}</p>` : `<p>${escapeHtml(paragraph)}</p>`,
  );
  // The school story stands twice, once as title alone and once as title and teaser, as on the page it is modelled on.
  const teasers = rest.flatMap(post =>
    post.slug.startsWith('scuola')
      ? [teaser(context, post, false), teaser(context, post, true)]
      : [teaser(context, post, true)],
  );
  return page(
    context,
    article.title,
    `<nav class="menu"><a href="${context.home}">Home</a> <a href="${context.home}about">About</a> <a href="${context.home}contact">Contact</a></nav>
<main><article class="post"><h1 class="entry-title">${escapeHtml(article.title)}</h1>
<p class="entry-meta"><time class="published" datetime="${dateOf(article, context.startedAt).toISOString()}">${dateOf(article, context.startedAt).toISOString().slice(0, 10)}</time></p>
<div class="entry-content">${paragraphs.join('\n')}</div></article></main>
<aside id="latest" class="widget"><h3 class="widget-title">Latest from Blog</h3>
<ul class="latest-posts">
${teasers.join('\n')}
</ul></aside>
<footer><a href="${context.home}privacy">Privacy</a> · <a href="${context.home}cookies">Cookies</a></footer>`,
  );
}

function teaser({ home }: Context, post: SamplePost, withText: boolean): string {
  const text = withText ? ` <p>${escapeHtml(post.title)} – ${escapeHtml(post.text[0] ?? '')}</p>` : '';
  return `<li class="post-item"><h4><a href="${home}${post.slug}">${escapeHtml(post.title)}</a></h4>${text}</li>`;
}

function pressTablePage(context: Context): string {
  const rows = context.site.posts.map(post => {
    const date = dateOf(post, context.startedAt).toISOString().slice(0, 10).split('-').reverse().join('/');
    return `<tr><td class="fecha">${date}</td><td class="titular"><a href="${context.home}${post.slug}">${escapeHtml(post.title)}</a></td><td class="resumen">${escapeHtml(post.text[0] ?? '')}</td></tr>`;
  });
  return page(
    context,
    context.site.title,
    `<h1>Sala de prensa</h1><table class="notas"><thead><tr><th>Fecha</th><th>Titular</th><th>Resumen</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`,
  );
}

function page({ site }: Context, title: string, body: string): string {
  return `<!doctype html>
<html lang="${site.language}"${site.language === 'ar' ? ' dir="rtl"' : ''}><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>
${body}
</body></html>
`;
}

function dateOf(post: SamplePost, startedAt: Millis): Date {
  return new Date(startedAt - post.hoursAgo * 3_600_000);
}
