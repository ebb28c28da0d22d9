// What plain forms cannot do: drag topics into order, drop a file anywhere on its form. Everything works without it.
document.addEventListener('dragstart', event => {
  const row = rowOf(event.target);
  if (!row) return;
  row.classList.add('dragged');
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', row.dataset.id);
});
document.addEventListener('dragover', event => {
  const dragged = document.querySelector('.row.dragged');
  const over = rowOf(event.target);
  if (dragged && over && over.parentElement === dragged.parentElement) {
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    over.parentElement.insertBefore(dragged, event.clientY > box.top + box.height / 2 ? over.nextSibling : over);
  } else if (dropOf(event.target)) event.preventDefault();
});
document.addEventListener('dragend', () => {
  const dragged = document.querySelector('.row.dragged');
  if (!dragged) return;
  dragged.classList.remove('dragged');
  const list = dragged.parentElement;
  const form = document.getElementById(list.dataset.order);
  const order = [...list.children].map(row => row.dataset.id).join(' ');
  if (list.dataset.before === order) return;
  form.elements.order.value = order;
  form.submit();
});
document.addEventListener('drop', event => {
  const form = dropOf(event.target);
  const files = event.dataTransfer?.files;
  if (!form || !files?.length) return;
  event.preventDefault();
  form.querySelector('input[type="file"]').files = files;
  form.requestSubmit();
});
// A form that asks for a preview while one types is still sent whole by its own buttons.
document.addEventListener('submit', event => {
  const button = event.submitter;
  if (button) setTimeout(() => button.setAttribute('aria-busy', 'true'));
});
addEventListener('pageshow', () => {
  for (const busy of document.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
});
for (const list of document.querySelectorAll('[data-order]')) {
  list.dataset.before = [...list.children].map(row => row.dataset.id).join(' ');
  for (const row of list.children) row.draggable = true;
}

// The overview follows what happens. A burst of events is one look; a page nobody sees waits; the browser reconnects by itself.
const lookMs = 2000;
const live = document.querySelector('[data-live]');
if (live) {
  let waiting = false;
  const happened = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (document.hidden) document.addEventListener('visibilitychange', happened, { once: true });
      else document.querySelector('[data-live]')?.dispatchEvent(new Event('happened'));
    }, lookMs);
  };
  const events = new EventSource(live.dataset.live);
  for (const name of ['fetched', 'items', 'topic', 'work', 'config']) events.addEventListener(name, happened);
  addEventListener('pagehide', () => events.close());
}

function rowOf(target) {
  return target instanceof Element ? target.closest('[data-order] > [data-id]') : null;
}
function dropOf(target) {
  return target instanceof Element ? target.closest('[data-drop]') : null;
}
