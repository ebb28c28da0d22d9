/**
 * Writes a tiny but real sentence encoder in ONNX: an embedding table of random numbers and one matrix, with the word list
 * and settings that `@huggingface/transformers` expects. For tests of the onnx encoder: about 20 kB, no download.
 *
 * node tools/make-tiny-onnx.ts FOLDER   → FOLDER/config.json, tokenizer.json, tokenizer_config.json, onnx/model.onnx
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const width = 16;
const words = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'query',
  ':',
  ...'the a quake port strike vote school court'.split(' '),
];
const pieces = [...'abcdefghijklmnopqrstuvwxyz0123456789'].flatMap(letter => [letter, `##${letter}`]);

export async function makeTinyOnnx(folder: string): Promise<void> {
  const vocabulary = [...words, ...pieces];
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'onnx', 'model.onnx'), modelBytes(vocabulary.length));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ model_type: 'bert', hidden_size: width }));
  await writeFile(
    join(folder, 'tokenizer_config.json'),
    JSON.stringify({ tokenizer_class: 'BertTokenizer', model_max_length: 64, pad_token: '[PAD]', unk_token: '[UNK]' }),
  );
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizerOf(vocabulary)));
}

function tokenizerOf(vocabulary: readonly string[]): unknown {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: true,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  };
}

/** last_hidden_state = Gather(table, input_ids) × mix. Numbers of the fields: onnx.proto3 of the ONNX specification. */
function modelBytes(vocabularySize: number): Uint8Array {
  const [float, int64] = [1, 7];
  const graph = message(
    field(1, node('Gather', ['table', 'input_ids'], 'embedded')),
    field(1, node('MatMul', ['embedded', 'mix'], 'last_hidden_state')),
    field(2, text('tiny')),
    field(5, tensor('table', [vocabularySize, width])),
    field(5, tensor('mix', [width, width])),
    field(11, valueInfo('input_ids', int64, ['batch', 'length'])),
    field(11, valueInfo('attention_mask', int64, ['batch', 'length'])),
    field(12, valueInfo('last_hidden_state', float, ['batch', 'length', width])),
  );
  return message(varintField(1, 8), field(7, graph), field(8, message(field(1, text('')), varintField(2, 13))));
}

function node(operator: string, inputs: readonly string[], output: string): Uint8Array {
  return message(...inputs.map(name => field(1, text(name))), field(2, text(output)), field(4, text(operator)));
}

function tensor(name: string, shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  // Fixed, scattered numbers between -1 and 1: the same file every time.
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898) % 1);
  return message(
    ...shape.map(size => varintField(1, size)),
    varintField(2, 1),
    field(8, text(name)),
    field(9, new Uint8Array(values.buffer)),
  );
}

function valueInfo(name: string, elementType: number, shape: readonly (string | number)[]): Uint8Array {
  const dimensions = shape.map(size =>
    field(1, typeof size === 'number' ? varintField(1, size) : field(2, text(size))),
  );
  const tensorType = message(varintField(1, elementType), field(2, message(...dimensions)));
  return message(field(1, text(name)), field(2, field(1, tensorType)));
}

// Protocol buffers, wire format: a key (number and type), then a varint or a length and bytes.

function field(number: number, bytes: Uint8Array): Uint8Array {
  return message(varint((number << 3) | 2), varint(bytes.length), bytes);
}

function varintField(number: number, value: number): Uint8Array {
  return message(varint(number << 3), varint(value));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Uint8Array.from([...bytes, rest]);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function message(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

const folder = process.argv[2];
if (import.meta.main && folder !== undefined) await makeTinyOnnx(folder);
