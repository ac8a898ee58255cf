/** Labels of TextDecoder for the encodings that dumps of PostgreSQL name (docs 24.3.1). */
const decoders: ReadonlyMap<string, string> = new Map(
  Object.entries({
    latin1: 'windows-1252',
    latin2: 'iso-8859-2',
    latin5: 'windows-1254',
    latin9: 'iso-8859-15',
    koi8r: 'koi8-r',
    koi8u: 'koi8-u',
    euc_jp: 'euc-jp',
    euc_kr: 'euc-kr',
    euc_cn: 'gb2312',
    big5: 'big5',
    gbk: 'gbk',
    gb18030: 'gb18030',
    sjis: 'shift_jis',
    ...Object.fromEntries(
      ['1250', '1251', '1252', '1253', '1254', '1255', '1256', '1257', '1258'].map((page) => [
        `win${page}`,
        `windows-${page}`,
      ]),
    ),
  }),
)

/**
 * In what encoding a file is written, as TextDecoder calls it. UTF-16, which Windows PowerShell makes of what it
 * redirects, is known by its mark or its zeros; what is not UTF-8 by the `client_encoding` that a dump sets.
 * `isUtf8` asks whether the bytes are valid.
 */
export function encodingOf(bytes: Uint8Array, isUtf8: () => boolean): string {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be'
  if (isUtf8()) return 'utf-8'
  const head = String.fromCharCode(...bytes.subarray(0, 4000))
  const [, named = ''] = /^set\s+client_encoding\s*(?:=|to)\s*'?([\w-]+)/im.exec(head) ?? []
  return decoders.get(named.toLowerCase()) ?? 'utf-8'
}
