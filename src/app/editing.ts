import type { Patch } from '../engine/revised.ts'

/** A mistake in an edited text, in words for editors. */
export interface Finding {
  file: string
  /** A field of the front matter, or a heading. */
  path: string
  line?: number
  message: string
  level: 'error' | 'warning'
}

export interface Checked {
  findings: readonly Finding[]
  /** Null while the text cannot be read. */
  patch: Patch | null
}

/** A file that may be edited, as the release has it. */
export interface Unit {
  unit: string
  kind: 'topic' | 'words'
  title: string
}

export interface SourceName {
  id: string
  title: string
}

export interface QuizFields {
  question: string
  answers: readonly string[]
  right: string
  why: string
}

/** A topic as the fields of a form, each as it was typed. */
export interface TopicFields {
  title: string
  audiences: readonly string[]
  tags: string
  questions: string
  sources: readonly { id: string; article: string }[]
  asOf: string
  written: string
  reviewedRole: string
  reviewedOn: string
  reviewBy: string
  status: string
  quiz: readonly QuizFields[]
  card: string
  more: string
  loa: string
  poster: string
}

/** A text, which is checked beside the other texts that hold. */
export interface EditedText {
  unit: string
  text: string
  /** What holds now, which a signature was given to. */
  before: string
  others: readonly (readonly [unit: string, text: string])[]
  today: string
}

/**
 * What is needed to edit: it knows the authored files and their rules, which the running service otherwise does
 * without. Only an entry can give it.
 */
export interface Editor {
  units(): Promise<readonly Unit[]>
  sources(): Promise<readonly SourceName[]>
  /** The file's text in this release; null where it may not be edited. */
  file(unit: string): Promise<string | null>
  check(edited: EditedText): Promise<Checked>
  /** The fields of a topic's text; null when its front matter cannot be read. */
  read(unit: string, text: string): Promise<TopicFields | null>
  /** The text with these fields; what they leave as it was stays letter by letter. */
  write(unit: string, text: string, fields: TopicFields): Promise<string>
}

/** How a running service edits its texts. */
export interface Editing {
  /** Null where the authored files are not at hand: what was made elsewhere can still be approved. */
  editor: Editor | null
  /** Hashes of the authored files of this release, by path. */
  files: Readonly<Record<string, string>>
  /** Takes up what was just approved. */
  refresh(): Promise<void>
}
