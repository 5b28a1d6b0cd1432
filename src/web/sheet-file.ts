import { AlignmentType, Document, Packer, Paragraph, TextRun } from 'docx'
import { howToTell, metaOf, RULES, type SheetView } from './pages/desk/reading-sheet.ts'

/** On every machine that opens such files, and complete for Vietnamese. */
const FONT = 'Times New Roman'
/** Half points: what is read aloud is read from an arm's length. */
const [SMALL, ALOUD, HEAD, TITLE] = [22, 36, 32, 40]

/** What a commune reads out in a week, as a Word file. */
export async function sheetFile(view: SheetView): Promise<Uint8Array<ArrayBuffer>> {
  const text = (words: string, size: number, bold = false) => new TextRun({ text: words, font: FONT, size, bold })
  const line = (words: string, size: number, bold = false) =>
    new Paragraph({ spacing: { after: size === ALOUD ? 200 : 120 }, children: [text(words, size, bold)] })
  const head = (words: string, size: number) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 160 },
      children: [text(words, size, true)],
    })
  const file = new Document({
    title: `${view.commune}, ${view.weekWords}`,
    creator: 'Đồng Hành',
    styles: { default: { document: { run: { font: FONT, size: SMALL, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 900, bottom: 900, left: 1_000, right: 1_000 },
          },
        },
        children: [
          head(view.commune, TITLE),
          head(`Bài đọc loa tuần ${view.weekWords}`, HEAD),
          ...RULES.map((one) => line(`• ${one}`, SMALL)),
          ...view.scripts.flatMap((script, i) => [
            new Paragraph({
              keepNext: true,
              spacing: { before: 280, after: 80 },
              children: [text(`${i + 1}. ${script.title}`, HEAD, true)],
            }),
            line(metaOf(script), SMALL),
            ...(script.doubt === null ? [] : [line(script.doubt, SMALL, true)]),
            ...script.lines.map((one) => line(one, ALOUD)),
            line('Đã phát ngày: ____________ số lần: ______', SMALL),
          ]),
          line(howToTell(view), SMALL, true),
          line(`${view.point} · in ngày ${view.printedOn}`, SMALL),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(file))
}
