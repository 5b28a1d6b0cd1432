import { LAST, TURNS } from './conversation.mjs'

/** One engine in one process: proves the conversation, warms up, then counts turns for a fixed time. */
const [file, milliseconds] = process.argv.slice(2)
const { peer } = await import(new URL(file, import.meta.url))
let words = []
/** What each engine hands its words to; takes the place of sending. */
const say = async (text) => {
  words.push(text)
  return text
}
const last = await peer.talk(say)
const expected = peer.last ?? LAST
if (last !== expected && !peer.anyWords) throw new Error(`${peer.name}: said “${last}”, expected “${expected}”`)
await run(Number(milliseconds) / 2)
const { turns, seconds } = await run(Number(milliseconds))
const { name, note } = peer
console.log(JSON.stringify({ name, note, package: peer.package, turnsPerSecond: turns / seconds, words }))

async function run(ms) {
  const began = performance.now()
  let turns = 0
  let now = began
  while (now - began < ms) {
    for (let i = 0; i < 20; i++) {
      words = []
      await peer.talk(say)
    }
    turns += 20 * (peer.turns ?? TURNS)
    now = performance.now()
  }
  return { turns, seconds: (now - began) / 1000 }
}
