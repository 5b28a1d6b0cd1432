import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { makeLinkCode } from '../../src/app/staff-phone-link.ts'
import { releaseLeases } from '../../src/app/tick.ts'
import { load } from '../../src/store/load.ts'
import { audit, conversation, outbox, staffPhone, task, words } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE } from './small-app.ts'
import { codeIn, memberOf, openPhones, type Phones } from './staff-phones.ts'

const holder = async (home: Phones, person: string) =>
  (await load(home.app.store, home.contact(person))).conversation.ticket?.heldBy ?? null
const breathe = () => new Promise((resolve) => setTimeout(resolve, 20))

/** A person asks for a human; the code that the phone of this name is shown. */
async function called(home: Phones, phone: string, person = 'an', channel: 'telegram' | 'zalo' = 'telegram') {
  await home.say(person, 'gặp người')
  await home.settle()
  return codeIn(home[channel].texts(phone).at(-1) ?? '')
}

describe('linking', () => {
  test('needs the code, once, within fifteen minutes; anything else is an ordinary message', async () => {
    const home = openPhones()
    const code = await makeLinkCode(home.app, 'lan')
    expect(await home.hear('kẻ lạ', 'liên kết AAAA-BBBB')).not.toContain('liên kết')
    expect(await home.hear('lan', `lien ket ${code.toLowerCase()}`)).toContain('Đã liên kết')
    expect(await home.hear('kẻ lạ', `liên kết ${code}`)).not.toContain('liên kết')
    const old = await makeLinkCode(home.app, 'mai')
    home.clock.now += 15 * MINUTE
    expect(await home.hear('mai', `liên kết ${old}`)).not.toContain('liên kết')
    expect((await allOf(home.database, staffPhone)).map(({ staff }) => staff)).toEqual(['lan'])
  })

  test('is refused to an address that guessed too often, with the right code too', async () => {
    const home = openPhones()
    for (let i = 0; i < 5; i++) await home.say('lan', `liên kết AAAA-BBB${'CDEFG'[i]}`)
    await home.say('lan', `liên kết ${await makeLinkCode(home.app, 'lan')}`)
    expect(await allOf(home.database, staffPhone)).toEqual([])
  })

  test('gives one code to one of two phones that send it at once', async () => {
    const home = openPhones()
    const code = await makeLinkCode(home.app, 'lan')
    await Promise.all(['lan', 'kẻ lạ'].map((name) => home.say(name, `liên kết ${code}`)))
    await home.settle()
    expect(await allOf(home.database, staffPhone)).toHaveLength(1)
  })

  test('forgets what was said there as a person, but not a request that waits', async () => {
    const home = openPhones()
    await home.hear('lan', 'chào')
    await home.link('lan')
    expect(await allOf(home.database, words)).toEqual([])
    await home.say('mai', 'gặp người')
    const code = await makeLinkCode(home.app, 'mai')
    expect(await home.hear('mai', `liên kết ${code}`)).toContain('chưa liên kết được')
    expect(await holder(home, 'mai')).toBe(null)
    expect(await allOf(home.database, staffPhone)).toHaveLength(1)
  })

  test('ends with "ngắt": alerts stop, and the chat is an ordinary one again', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    expect(await home.hear('lan', 'ngắt')).toContain('Đã ngắt')
    await home.pass(MINUTE)
    await home.say('an', 'gặp người')
    await home.settle()
    expect(home.telegram.texts('lan').at(-1)).toContain('Đã ngắt')
    expect(await home.hear('lan', 'chào')).toContain('Bạn hỏi cho ai?')
    await home.pass(MINUTE)
    expect(await home.hear('lan', 'cho mình')).toContain('Cảm ơn bạn.')
  })

  test('leaves nothing behind once the phone is unlinked and silent', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    await home.hear('lan', 'ngắt')
    await home.pass(MINUTE)
    for (const table of [staffPhone, conversation, outbox]) expect(await allOf(home.database, table)).toEqual([])
  })

  test('ends by itself for a member who left, who is told once', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    home.members[0] = memberOf('lan', { active: false })
    expect(await home.hear('lan', 'danh sách')).toContain('đã khoá')
    expect(await home.hear('lan', 'chào')).toContain('Bạn hỏi cho ai?')
  })
})

describe('an alert', () => {
  test('says that somebody waits and nothing else', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    await home.link('lan', 'zalo')
    const code = await called(home, 'lan')
    expect(home.telegram.texts('lan').at(-1)).toBe(`Có 1 cuộc cần hỗ trợ.\n\nGõ **nhận ${code}** để nhận.`)
    const alert = home.telegram.sent.filter(({ handle }) => handle === 'lan').at(-1)
    expect(alert?.part.choices.map(({ label }) => label)).toEqual(['Nhận'])
    expect(home.zalo.texts('lan').at(-1)).toBe(home.telegram.texts('lan').at(-1))
    expect(home.zalo.sent.at(-1)?.part.choices).toEqual([])
    const rows = (await allOf(home.database, outbox)).filter(({ kind }) => kind === 'staff_alert')
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row.words).toBe(null)
      expect(JSON.parse(row.content ?? '')).toEqual({
        blocks: [{ key: 'dien-thoai.bao', fills: { code: { type: 'text', text: code } } }],
        options: [{ id: `nhan-${code}`, label: { type: 'words', key: 'dien-thoai.nut-nhan' } }],
      })
    }
  })

  test('of an emergency rings every phone that may be called, once, before all else', async () => {
    const home = openPhones(['lan', 'mai', 'công an'])
    home.members[1] = memberOf('mai', { duty: { shifts: [] } })
    home.members[2] = memberOf('công an', { affiliation: 'cong_an' })
    for (const name of ['lan', 'mai', 'công an']) await home.link(name)
    await home.say('an', 'tôi muốn chết')
    await home.settle()
    const rows = (await allOf(home.database, outbox)).filter(({ kind }) => kind === 'staff_alert')
    expect(rows.map(({ lane }) => lane)).toEqual([0, 0])
    for (const name of ['lan', 'mai'])
      expect(home.telegram.texts(name).at(-1)).toMatch(/^Có 1 cuộc cần hỗ trợ gấp\.\n\nGõ \*\*nhận [A-Z2-9]{4}\*\*/)
    expect(home.telegram.texts('công an')).toHaveLength(1)
  })

  test('rings also when the conversation is already held by a colleague', async () => {
    const home = openPhones(['lan', 'mai'])
    await home.link('mai')
    const code = await called(home, 'mai')
    await home.staff('an', { type: 'take' })
    await home.say('an', 'tôi muốn chết')
    await home.settle()
    expect(home.telegram.texts('mai').at(-1)).toContain('gấp')
    expect(await home.hear('mai', `nhận ${code}`)).toContain('đã có người khác nhận')
  })

  test('is sent again after a crash between sending and noting it', async () => {
    let home = openPhones(['lan'])
    await home.link('lan')
    home.telegram.fates.set('lan', 'lost')
    await home.say('an', 'gặp người')
    await breathe()
    home = home.again()
    home.telegram.fates.clear()
    await releaseLeases(home.app, Number.MAX_SAFE_INTEGER)
    await drain(home.app)
    await home.settle()
    expect(home.telegram.texts('lan').filter((text) => text.startsWith('Có 1 cuộc'))).toHaveLength(2)
  })

  test('that fails for good leaves the ladder to call others, and no task about anybody', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    home.telegram.fates.set('lan', { type: 'failed', reason: 'too_long' })
    await home.say('an', 'gặp người')
    await home.settle()
    expect(await allOf(home.database, task)).toEqual([])
    expect(await allOf(home.database, staffPhone)).toHaveLength(1)
  })

  test('to a phone that blocked the bot unlinks it and tells colleagues whose it was, once, with nothing about the person', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    home.telegram.fates.set('lan', { type: 'failed', reason: 'blocked' })
    for (const person of ['an', 'bình']) await home.say(person, 'gặp người')
    await home.settle()
    expect(await allOf(home.database, staffPhone)).toEqual([])
    expect(await allOf(home.database, task)).toMatchObject([{ reason: 'phone_lost', about: 'lan', contact: null }])
    await home.pass(MINUTE)
    home.telegram.fates.delete('lan')
    await home.link('lan')
    expect(await allOf(home.database, staffPhone)).toHaveLength(1)
  })
})

describe('taking', () => {
  test('by two phones at once gives one owner and one clear refusal', async () => {
    const home = openPhones()
    for (const name of ['lan', 'mai']) await home.link(name)
    const code = await called(home, 'lan')
    const answers = await Promise.all(['lan', 'mai'].map((name) => home.hear(name, `nhận ${code}`)))
    const owner = await holder(home, 'an')
    expect(['lan', 'mai']).toContain(owner)
    const last = (name: string) => home.telegram.texts(name).at(-1)
    expect(answers).toHaveLength(2)
    expect(last(owner!)).toContain(`Cuộc ${code} là của bạn`)
    expect(last(owner === 'lan' ? 'mai' : 'lan')).toBe(`Cuộc ${code} đã có người khác nhận.`)
  })

  test('by the button, again by a redelivery, and after the end is answered truthfully', async () => {
    const home = openPhones()
    await home.link('lan')
    const code = await called(home, 'lan')
    const event = { type: 'message', text: 'Nhận', choice: `0.nhan-${code}` } as const
    for (let i = 0; i < 2; i++) await home.say('lan', '', { event, key: 'press' })
    await home.settle()
    expect(home.telegram.texts('lan').filter((text) => text.includes('là của bạn'))).toHaveLength(1)
    expect(await home.hear('lan', 'danh sách')).toContain(`**${code}** – thường, bạn đang giữ`)
    expect(await home.hear('lan', `xong ${code.toLowerCase()}`)).toBe(`Đã kết thúc cuộc ${code}.`)
    expect(await home.hear('lan', `nhận ${code}`)).toBe(`Cuộc ${code} đã kết thúc.`)
    expect(await home.hear('lan', 'danh sách')).toBe('Hiện không có cuộc nào chờ bạn.')
  })

  test('works by a word on Zalo, and "trả" gives the talk back to the machine', async () => {
    const home = openPhones(['lan'])
    await home.link('lan', 'zalo')
    const code = await called(home, 'lan', 'an', 'zalo')
    expect(await home.hear('lan', 'danh sách', 'zalo')).toContain(`**${code}** – thường, chờ 0 phút`)
    expect(await home.hear('lan', `nhan ${code}`, 'zalo')).toContain('Mở bàn làm việc')
    expect(await holder(home, 'an')).toBe('lan')
    expect(await home.hear('lan', `trả ${code}`, 'zalo')).toContain('lại cho máy')
    expect(home.telegram.texts('an').at(-1)).toContain('Máy trở lại.')
  })

  test('is only for whom it called', async () => {
    const home = openPhones(['lan', 'xa'])
    home.members[1] = memberOf('xa', { point: 'khác' })
    for (const name of ['lan', 'xa']) await home.link(name)
    const code = await called(home, 'lan')
    expect(home.telegram.texts('xa')).toHaveLength(1)
    expect(await home.hear('xa', `nhận ${code}`)).toContain('Không thấy cuộc nào')
    expect(await holder(home, 'an')).toBe(null)
  })

  test('without the switch no line goes either way', async () => {
    const home = openPhones(['lan'])
    await home.link('lan')
    await home.hear('lan', `nhận ${await called(home, 'lan')}`)
    await home.say('an', 'chị ơi em sợ')
    await home.settle()
    expect(home.telegram.texts('lan').join()).not.toContain('em sợ')
    expect(await home.hear('lan', 'Chị đây em')).toContain('chưa gửi')
    expect(home.telegram.texts('an').join()).not.toContain('Chị đây em')
  })
})

describe('with "trả lời qua điện thoại"', () => {
  test('every line goes both ways in the same ticket, with its code', async () => {
    const home = openPhones(['lan'], true)
    await home.link('lan')
    const code = await called(home, 'lan')
    expect(await home.hear('lan', `nhận ${code}`)).toContain(`${code}: gặp người`)
    await home.say('an', 'chị ơi **em** sợ')
    await home.settle()
    expect(home.telegram.texts('lan').at(-1)).toBe(`${code}: chị ơi **em** sợ`)
    expect(home.telegram.sent.at(-1)?.part.markup).toBe(false)
    expect(await home.hear('lan', 'Chị đây em')).toBe(`Đã chuyển tới cuộc ${code}.`)
    expect(home.telegram.texts('an').at(-1)).toBe('Chị đây em')
    expect((await home.lines('an')).slice(-2)).toEqual(['you: chị ơi **em** sợ', 'human: Chị đây em'])
    const noted = (await allOf(home.database, audit)).map(({ staff, action, source }) => [staff, action, source])
    expect(noted).toEqual([
      ['lan', 'ticket.take', 'phone'],
      ['lan', 'ticket.reply', 'phone'],
    ])
  })

  test('switching is explicit, and an unclear line is asked about', async () => {
    const home = openPhones(['lan'], true)
    await home.link('lan', 'zalo')
    const [first, second] = [await called(home, 'lan', 'an', 'zalo'), await called(home, 'lan', 'bình', 'zalo')]
    await home.hear('lan', `nhận ${first}`, 'zalo')
    expect(await home.hear('lan', `nhận ${second}`, 'zalo')).toContain(`vẫn đang trả lời cuộc ${first}`)
    await home.hear('lan', 'Lời cho An', 'zalo')
    expect(await home.hear('lan', `chuyển ${second}`, 'zalo')).toContain(second)
    await home.hear('lan', 'Lời cho Bình', 'zalo')
    expect(home.telegram.texts('an').at(-1)).toContain('Lời cho An')
    expect(home.telegram.texts('bình').at(-1)).toContain('Lời cho Bình')
    for (const slip of ['xong K7', 'chuyển sang bạn kia', 'nhận', 'danh sach di'])
      expect(await home.hear('lan', slip, 'zalo')).toContain('Chưa rõ ý bạn')
    expect(await home.hear('lan', `xong ${second}`, 'zalo')).toContain('kết thúc')
    await home.hear('lan', `trả ${first}`, 'zalo')
    expect(await home.hear('lan', 'Còn ai không', 'zalo')).toContain('**danh sách**')
    for (const person of ['an', 'bình']) expect(home.telegram.texts(person).join()).not.toContain('Còn ai không')
  })

  test('asks which conversation is meant when the open one is over and others are held', async () => {
    const home = openPhones(['lan'], true)
    await home.link('lan')
    const codes = [await called(home, 'lan', 'an'), await called(home, 'lan', 'bình')]
    for (const code of codes) await home.hear('lan', `nhận ${code}`)
    await home.hear('lan', `nhận ${await called(home, 'lan', 'chi')}`)
    await home.hear('lan', `xong ${codes[0]}`)
    expect(await home.hear('lan', 'Em kể tiếp đi')).toContain('Bạn muốn trả lời cuộc nào?')
    for (const person of ['an', 'bình', 'chi']) expect(home.telegram.texts(person).join()).not.toContain('Em kể tiếp')
  })

  test('a reply is never repeated by a crash or a redelivery', async () => {
    let home = openPhones(['lan'], true)
    await home.link('lan')
    await home.hear('lan', `nhận ${await called(home, 'lan')}`)
    home.telegram.fates.set('an', 'lost')
    await home.say('lan', 'Chị đây em', { key: 'once' })
    await breathe()
    home = home.again()
    home.telegram.fates.clear()
    await releaseLeases(home.app, Number.MAX_SAFE_INTEGER)
    await home.say('lan', 'Chị đây em', { key: 'once' })
    await drain(home.app)
    await home.settle()
    expect(home.telegram.texts('an').filter((text) => text === 'Chị đây em')).toHaveLength(1)
    expect((await allOf(home.database, task)).map(({ reason }) => reason)).toEqual(['uncertain:lease_expired'])
  })

  test('an erased person leaves no row and no word in the staff chat', async () => {
    const home = openPhones(['lan'], true)
    await home.link('lan')
    const code = await called(home, 'lan')
    await home.hear('lan', `nhận ${code}`)
    home.telegram.fates.set('lan', { type: 'retry', notBefore: home.clock.now + DAY, reason: '429' })
    await home.say('an', 'bí mật của em')
    await home.settle()
    await home.hear('lan', `trả ${code}`)
    for (const text of ['xoá', 'có']) await home.say('an', text)
    await home.settle()
    home.telegram.fates.clear()
    await home.pass(2 * DAY)
    expect(home.telegram.texts('lan').join()).not.toContain('bí mật của em')
    const rows = await allOf(home.database, outbox)
    expect(rows.filter(({ id, kind }) => kind === 'staff_relay' || id.startsWith(home.contact('an')))).toEqual([])
    expect((await allOf(home.database, words)).filter(({ contact }) => contact.startsWith('phone:'))).toEqual([])
  })
})

test('no sequence of messages makes a public chat a staff chat, or lets a staff chat enter flows', async () => {
  const text = fc.constantFrom(
    'chào',
    'gặp người',
    'tôi muốn chết',
    'xoá',
    'có',
    'cho mình',
    'liên kết AAAA-AAAA',
    'liên kết',
    'nhận K7F2',
    'danh sách',
    'xong K7F2',
    'chuyển K7F2',
    'trợ giúp',
    'dừng',
    '1',
  )
  const who = fc.constantFrom('lan', 'an', 'bình')
  const forged = fc.boolean()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(who, text, forged), { maxLength: 20 }), async (talk) => {
      const home = openPhones(['lan'])
      await home.link('lan')
      await Promise.all(
        talk.map(([name, said, press]) => {
          const event = { type: 'message', text: said, ...(press ? { choice: '0.nhan-K7F2' } : {}) } as const
          return home.say(name, said, { event })
        }),
      )
      await home.settle()
      expect((await allOf(home.database, staffPhone)).map(({ address }) => address)).toEqual([home.contact('lan')])
      const stored = (await allOf(home.database, conversation)).map(({ contact }) => contact)
      expect(stored).not.toContain(home.contact('lan'))
      const rows = await allOf(home.database, outbox)
      for (const { address, kind } of rows) expect(kind.startsWith('staff_')).toBe(address === home.contact('lan'))
      for (const said of home.telegram.texts('lan')) expect(said).not.toMatch(/Chào|hỏi cho ai|115/)
    }),
    { numRuns: 40 },
  )
})
