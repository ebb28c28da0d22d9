// The only script of the public pages: copies a feed's address. Without it, the address is still a link.
document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
  if (!button) return;
  event.preventDefault();
  void copy(button);
});

// Browsers give the clipboard to https and localhost only; many a newsfold answers on a plain address at home.
async function copy(button) {
  const text = button.dataset.copy;
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyOldWay(text);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

function copyOldWay(text) {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
