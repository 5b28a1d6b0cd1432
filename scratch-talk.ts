import { load } from './src/authoring/load.ts'
import { readAuthored } from './src/cli/files.ts'
import { emptyConversation } from './src/engine/conversation.ts'
import { decide } from './src/engine/decide.ts'
import { fold } from './src/engine/evolve.ts'
import { compose } from './src/engine/fill.ts'
const a = load(readAuthored()); if ('problems' in a) { console.log(a.problems); process.exit(1) }
const directory = { ...a.samples, communes: a.communes }
let state = emptyConversation('c'); const words = new Map<string,string>(); let at = Date.parse('2026-11-23T02:00Z')
for (const text of process.argv.slice(2)) {
  at += 5000
  const event = text.startsWith('!') ? {type:'message' as const,text:'',media:text.slice(1) as any} : {type:'message' as const,text}
  const events = decide(a.book, state, { directory, receipt: 'ABCDE-FGHJK', lastMessageAt: null }, { key: 'k', contact: 'c', at, event })
  for (const e of events) if ('words' in e && e.words) words.set(e.words.id, e.words.text)
  state = fold(state, events)
  console.log('\n> ' + text)
  for (const e of events) {
    if (e.type === 'message_queued') { const c = compose(e.message, { book: a.book, directory, pronoun: state.pronoun, now: at, answer: (id) => words.get(id) }); console.log(c.paragraphs.map(p=>'  '+p.replaceAll('\n','\n  ')).join('\n\n')); c.choices.forEach((x,i)=>console.log(`   ${i+1}. ${x.label}`)) }
    else if (/ticket|form|erased|parked|stopped|pronoun/.test(e.type)) console.log('  !', JSON.stringify(e).slice(0,160))
  }
}
