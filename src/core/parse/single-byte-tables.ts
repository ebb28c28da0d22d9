/**
 * Single-byte encodings that iconv-lite lacks: IBM's EBCDIC pages, in which not even `<?xml` is ASCII, and three of the
 * former Soviet Union and the old Macintosh. Tables of code points as the Unicode Consortium publishes them.
 */

/** EBCDIC 037, byte by byte; the other pages differ in a few places. */
const ebcdic037 =
  '\x00\x01\x02\x03\x9c\x09\x86\x7f\x97\x8d\x8e\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x9d\x85\x08\x87\x18\x19\x92\x8f\x1c\x1d\x1e\x1f\x80\x81\x82\x83\x84\x0a\x17\x1b\x88\x89\x8a\x8b\x8c\x05\x06\x07\x90\x91\x16\x93\x94\x95\x96\x04\x98\x99\x9a\x9b\x14\x15\x9e\x1a  âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\xadôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\x9f';

/** Byte and character, byte and character, … that differ from 037. */
const ebcdicDifferences: Readonly<Record<string, string>> = {
  cp500: '4a[4f!5a]5f^b0¢ba¬bb|',
  cp1026: '48{4aÇ4f!5aĞ5bİ5f^68[6aş79ı7bÖ7cŞ7fÜ8c}8d`8e¦a1öac]ad$ae@b0¢ba¬bb|c0çcc~d0ğdc\\e0üec#fc"',
  cp1140: '9f€',
  cp273: '43{4aÄ4f!59~5aÜ5f^63[6aö7c§a1ßb0¢b5@ba¬bb|bc‾c0äcc¦d0üdc}e0Öec\\fc]',
  cp424:
    '41\u05d042\u05d143\u05d244\u05d345\u05d446\u05d547\u05d648\u05d749\u05d851\u05d952\u05da53\u05db54\u05dc55\u05dd56\u05de57\u05df58\u05e059\u05e162\u05e263\u05e364\u05e465\u05e566\u05e667\u05e768\u05e869\u05e970\ufffd71\u05ea72\ufffd73\ufffd74 75\ufffd76\ufffd77\ufffd78‗80\ufffd8c\ufffd8d\ufffd8e\ufffd9a\ufffd9b\ufffd9c\ufffd9e\ufffdaa\ufffdab\ufffdac\ufffdad\ufffdae\ufffdcb\ufffdcc\ufffdcd\ufffdce\ufffdcf\ufffddb\ufffddc\ufffddd\ufffdde\ufffddf\ufffdeb\ufffdec\ufffded\ufffdee\ufffdef\ufffdfb\ufffdfc\ufffdfd\ufffdfe\ufffd',
  cp875:
    '41Α42Β43Γ44Δ45Ε46Ζ47Η48Θ49Ι4a[4f!51Κ52Λ53Μ54Ν55Ξ56Ο57Π58Ρ59Σ5a]5f^62Τ63Υ64Φ65Χ66Ψ67Ω68Ϊ69Ϋ6a|70¨71Ά72Έ73Ή74 75Ί76Ό77Ύ78Ώ80΅8aα8bβ8cγ8dδ8eε8fζ9aη9bθ9cι9dκ9eλ9fμa0´aaνabξacοadπaeρafσb0£b1άb2έb3ήb4ϊb5ίb6όb7ύb8ϋb9ώbaςbbτbcυbdφbeχbfψcbωccΐcdΰce‘cf―da±db½dc\x1add·de’df¦e1\x1aeb§ec\x1aed\x1aee«ef¬fb©fc\x1afd\x1afe»',
};

/** Bytes 0x80–0xff of encodings whose lower half is ASCII. */
const upperHalves: Readonly<Record<string, string>> = {
  ptcp154:
    'ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  kz1048:
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ ҰұӘ¤Ө¦§Ё©Ғ«¬\xad®Ү°±Ііөµ¶·ё№ғ»әҢңүАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  maclatin2:
    'ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»… ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ',
  cp1006:
    '\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f ۰۱۲۳۴۵۶۷۸۹،؛\xad؟ﺁﺍﺎﺎﺏﺑﭖﭘﺓﺕﺗﭦﭨﺙﺛﺝﺟﭺﭼﺡﺣﺥﺧﺩﮄﺫﺭﮌﺯﮊﺱﺳﺵﺷﺹﺻﺽﺿﻁﻅﻉﻊﻋﻌﻍﻎﻏﻐﻑﻓﻕﻗﻙﻛﮒﮔﻝﻟﻠﻡﻣﮞﻥﻧﺅﻭﮦﮨﮩﮪﺀﺉﺊﺋﻱﻲﻳﮰﮮﹼﹽ',
};

const aliases: Readonly<Record<string, string>> = {
  cp154: 'ptcp154',
  'windows-154': 'ptcp154',
  pt154: 'ptcp154',
  'kz-1048': 'kz1048',
  strk1048_2002: 'kz1048',
  'strk1048-2002': 'kz1048',
  maccentraleurope: 'maclatin2',
  mac_latin2: 'maclatin2',
  'mac-latin2': 'maclatin2',
};

/** @returns 256 characters, or `null` for an encoding that is not here; `cp037`, `ibm037`, `ebcdic-cp-us` … */
export function singleByteTable(label: string): string | null {
  const name = aliases[label] ?? label.replace(/^(?:ibm|csibm|cp|ebcdic-cp-)-?0*(?=\d)/, 'cp');
  const upper = Object.hasOwn(upperHalves, name) ? upperHalves[name] : undefined;
  if (upper !== undefined) return String.fromCharCode(...Array.from({ length: 128 }, (_, byte) => byte)) + upper;
  if (name === 'cp37' || label === 'ebcdic-cp-us') return ebcdic037;
  const differences = Object.hasOwn(ebcdicDifferences, name) ? ebcdicDifferences[name] : undefined;
  if (differences === undefined) return null;
  const table = [...ebcdic037];
  for (let index = 0; index + 2 < differences.length; index += 3) {
    table[Number.parseInt(differences.slice(index, index + 2), 16)] = differences.charAt(index + 2);
  }
  return table.join('');
}

/** EBCDIC's `<?xm`. */
export function looksLikeEbcdic(body: Uint8Array): boolean {
  return body[0] === 0x4c && body[1] === 0x6f && body[2] === 0xa7 && body[3] === 0x94;
}

export function decodeSingleByte(body: Uint8Array, table: string): string {
  let text = '';
  for (const byte of body) text += table.charAt(byte);
  return text;
}
