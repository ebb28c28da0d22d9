import { Tokenizer } from 'htmlparser2';

/** What the scanner tells, in document order. All text is as it stands in the source: entities are not yet decoded. */
export type XmlHandler = {
  /** `attributes` is name, raw value, name, raw value, …; the array is reused, copy what you keep. */
  open(name: string, attributes: readonly string[], selfClosing: boolean): void;
  close(name: string): void;
  text(source: string): void;
  cdata(source: string): void;
  /** Whether text would be used here: text that nobody wants is never cut out of the document. */
  wantsText(): boolean;
  /** @param midToken the document ends inside a tag, a comment or a CDATA section. */
  end(midToken: boolean): void;
};

const attributesMax = 1000;

/**
 * One pass over an XML document of any quality, by htmlparser2's tokenizer (its parser's stack, entity decoding and
 * case folding would be paid for and then undone). No recursion; no state beyond the tag being read.
 */
export function scanXml(source: string, from: number, handler: XmlHandler): void {
  const text = protectBareLessThan(from === 0 ? source : source.slice(from));
  const callbacks = new Callbacks(text, handler);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
}

class Callbacks {
  readonly #text: string;
  readonly #handler: XmlHandler;
  readonly #attributes: string[] = [];
  #name = '';
  #attribute = '';
  #value = '';
  /** Where the last complete token ended: what follows it at the end of the document was cut off. */
  #end = 0;

  constructor(text: string, handler: XmlHandler) {
    this.#text = text;
    this.#handler = handler;
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#text.slice(start, end);
    this.#attributes.length = 0;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#text.slice(start, end);
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value = this.#text.slice(start, end);
  }

  onattribend(): void {
    if (this.#attributes.length < attributesMax * 2) this.#attributes.push(this.#attribute, this.#value);
  }

  onopentagend(end: number): void {
    this.#end = end + 1;
    this.#handler.open(this.#name, this.#attributes, false);
  }

  onselfclosingtag(end: number): void {
    this.#end = end + 1;
    this.#handler.open(this.#name, this.#attributes, true);
  }

  onclosetag(start: number, end: number): void {
    // The tokenizer reports the end of the name; the `>` is still to come, and a missing one hurts nobody.
    this.#end = this.#text.length === end ? end : end + 1;
    const name = this.#text.slice(start, end);
    const next = name.indexOf('<');
    if (next < 0) this.#handler.close(name);
    else this.#closeWithoutEnd(name, next);
  }

  /** `</title<item>`: the `>` is missing, and the tokenizer takes what follows for a part of the name. */
  #closeWithoutEnd(name: string, next: number): void {
    this.#handler.close(name.slice(0, next));
    const rest = name.slice(next + 1).split('<', 1)[0] ?? '';
    if (rest.startsWith('/')) this.#handler.close(rest.slice(1));
    else if (/^[a-z_]/i.test(rest)) this.#handler.open(rest, [], false);
  }

  ontext(start: number, end: number): void {
    this.#end = end;
    if (this.#handler.wantsText()) this.#handler.text(this.#text.slice(start, end));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    // Without `]]>` the section runs to the end of the document.
    this.#end = endOffset === 0 ? start : end + 1;
    if (this.#handler.wantsText()) this.#handler.cdata(this.#text.slice(start, end - endOffset));
  }

  oncomment(start: number, end: number, endOffset: number): void {
    this.#end = endOffset === 0 ? start : end + 1;
  }

  ondeclaration(_start: number, end: number): void {
    this.#end = end + 1;
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.#end = end + 2;
  }

  onend(): void {
    this.#handler.end(/\S/.test(this.#text.slice(this.#end, this.#end + 1000)));
  }

  onattribentity(): void {}
  ontextentity(): void {}
}

const bareLessThan = /<(?![a-zA-Z_:!?/\u0080-\uffff])/;

/** `a <3 b` is no tag in HTML and an error in XML; the tokenizer would read it as one and swallow what follows. */
function protectBareLessThan(text: string): string {
  if (!bareLessThan.test(text)) return text;
  const everywhere = new RegExp(bareLessThan, 'g');
  let result = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('<![CDATA[', from);
    const outside = text.slice(from, start < 0 ? text.length : start);
    result += outside.replace(everywhere, '&lt;');
    if (start < 0) return result;
    const end = text.indexOf(']]>', start);
    if (end < 0) return result + text.slice(start);
    result += text.slice(start, end + 3);
    from = end + 3;
  }
}
