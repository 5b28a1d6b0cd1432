import { AlignmentType, Document, Packer, Paragraph, TextRun } from 'docx'
import { SUMMARY_NOTES, type SummaryView, summaryLines } from './pages/desk/enrolment-summary.ts'

/** On every machine that opens such files, and complete for Vietnamese. */
const FONT = 'Times New Roman'
/** Half points. */
const [BODY, TITLE] = [26, 36]

/** The sheet somebody carries with them, as a Word file of one page. */
export async function summaryFile(view: SummaryView): Promise<Uint8Array<ArrayBuffer>> {
  const line = (...runs: readonly TextRun[]) => new Paragraph({ spacing: { after: 120 }, children: runs })
  const text = (words: string, bold = false) => new TextRun({ text: words, font: FONT, size: BODY, bold })
  const file = new Document({
    title: view.code,
    creator: 'Đồng Hành',
    styles: { default: { document: { run: { font: FONT, size: BODY, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 900, bottom: 900, left: 1_000, right: 1_000 },
          },
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [new TextRun({ text: `Đồng Hành · ${view.code}`, font: FONT, size: TITLE, bold: true })],
          }),
          ...summaryLines(view).map(([name, value]) => line(text(`${name}: `), text(value, true))),
          line(text('Mang theo', true)),
          ...view.papers.map(({ title, done, note }) => line(text(`${done ? '☑' : '☐'} ${title} (${note})`))),
          line(text(`Danh sách giấy tờ theo cấu hình ngày ${view.asOf}. In ngày ${view.printedOn}.`)),
          ...SUMMARY_NOTES.map((note) => line(text(note))),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(file))
}
