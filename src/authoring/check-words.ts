import { STYLES } from '../engine/visits/appointment.ts'
import type { Draft } from './draft.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'
import { SERVICE_LABELS, SERVICE_WORDS } from './service-words.ts'
import type { Use } from './words-used.ts'
import { livingFlows, usesOf } from './words-used.ts'

/** A key without words is silence, so nothing may be missing. */
export function checkWordsExist(draft: Draft): readonly Problem[] {
  const current = [...draft.flows.values()].flatMap(({ flow, place }) =>
    usesOf(flow).flatMap((use) => missingOf(draft, use, place(['nodes', use.node, use.field]))),
  )
  const names = new Set([...draft.flows.values()].map(({ flow }) => flow))
  const past = livingFlows(draft)
    .filter((flow) => !names.has(flow))
    .flatMap((flow) => {
      const file = `flows/published/${flow.id}/${flow.revision}.json`
      return usesOf(flow).flatMap((use) => missingOf(draft, use, { file, path: use.node }))
    })
    .map((problem) => ({
      ...problem,
      message: `${problem.message} Có thể còn người ở trong bản này: giữ câu lại, hoặc rút bản (retire).`,
    }))
  return [
    ...current,
    ...past,
    ...missingOfService(draft),
    ...missingOfTriggers(draft),
    ...missingOfCards(draft),
    ...missingOfTopics(draft),
    ...clashes(draft),
  ]
}

function missingOf(draft: Draft, use: Use, place: Place): readonly Problem[] {
  const problems: Problem[] = []
  if (use.field !== 'choices' && !draft.passages.has(use.key)) problems.push(problemAt(place, missing(use.key)))
  for (const label of use.labels) {
    if (!draft.labels.has(label)) {
      const id = label.slice(label.lastIndexOf('.') + 1)
      problems.push(problemAt(place, `Thiếu nhãn của lựa chọn “${id}”: thêm dòng “- ${id}: …” dưới ${where(use.key)}.`))
    }
  }
  return problems
}

function missingOfService(draft: Draft): readonly Problem[] {
  const keys = [
    ...SERVICE_WORDS.filter((key) => !draft.passages.has(key)),
    ...SERVICE_LABELS.filter((key) => !draft.labels.has(key)),
  ]
  return keys.map((key) =>
    problemAt({ file: `content/vi/${key.split('.')[0]}.md`, path: '' }, `${missing(key)} Máy cần câu này.`),
  )
}

function cardsOf({ triggers, safety }: Draft): readonly string[] {
  const called = triggers.flatMap(({ trigger: { card } }) => card ?? [])
  return [...called, ...Object.values(safety.cards).flatMap(({ self, other }) => [self, other])]
}

/** The cards of an emergency must be there for every reason, whoever is in danger. */
function missingOfCards({ safety, passages }: Draft): readonly Problem[] {
  const file = 'content/safety/cards.yaml'
  const named = Object.entries(safety.cards).flatMap(([name, { self, other }]) =>
    [self, other].filter((key) => !passages.has(key)).map((key) => problemAt({ file, path: name }, missing(key))),
  )
  const wanted = safety.rules.flatMap(({ id, card }) =>
    card === undefined || card in safety.cards
      ? []
      : [problemAt({ file: 'content/safety/rules.yaml', path: id }, `Không có thẻ “${card}” trong ${file}.`)],
  )
  return [...named, ...wanted]
}

function missingOfTriggers(draft: Draft): readonly Problem[] {
  return draft.triggers.flatMap(({ trigger, place }) => {
    if (trigger.card === null || draft.passages.has(trigger.card)) return []
    return [problemAt(place, missing(trigger.card))]
  })
}

function missingOfTopics(draft: Draft): readonly Problem[] {
  return draft.topics.flatMap(({ topic, place }) =>
    ['card', 'more']
      .filter((part) => !draft.passages.has(`topic.${topic.id}.${part}`))
      .map((part) => problemAt({ file: place.file, path: `## ${part}` }, `Thiếu phần “## ${part}”.`)),
  )
}

/** One key cannot be both a passage and a label. */
function clashes(draft: Draft): readonly Problem[] {
  return [...draft.labels].flatMap(([key, { place }]) =>
    draft.passages.has(key) ? [problemAt(place, `Trùng tên với tiêu đề “${key}”.`)] : [],
  )
}

/** Words nobody hears are a sign of a misspelt key; the service's own words are used by code. */
export function checkWordsUsed(draft: Draft): readonly Problem[] {
  const uses = livingFlows(draft).flatMap(usesOf)
  const used = new Set([
    ...uses.flatMap((use) => [use.key, `${use.key}.lai`, ...use.labels]),
    ...cardsOf(draft).flatMap((card) => [card, `${card}.co`, `${card}.khong`]),
    ...SERVICE_WORDS,
    ...SERVICE_LABELS.flatMap((label) => [label, label.slice(0, label.lastIndexOf('.'))]),
    ...draft.reminders.steps.flatMap(({ id }) =>
      ['lich-hen', 'sinh-hoat'].flatMap((file) => STYLES.map((style) => `${file}.${id}.${style}`)),
    ),
    ...(draft.reminders.milestones ?? []).map(({ id }) => `moc.${id}.kin`),
  ])
  const written = [...draft.passages, ...draft.labels]
  return written
    .filter(
      ([key]) =>
        !used.has(key) &&
        !/^(he-thong|dien-thoai)\./.test(key) &&
        !key.startsWith('course.') &&
        !/^topic\.[^.]+\.(card|more|loa|ap-phich)$/.test(key),
    )
    .map(([key, { place }]) => warningAt(place, `Không nút nào dùng “${key}”.`))
}

function missing(key: string): string {
  return `Thiếu câu “${key}”: thêm ${where(key)}.`
}

function where(key: string): string {
  const [file = '', ...rest] = key.split('.')
  return `“## ${rest.join('.')}” trong content/vi/${file}.md`
}
