import { expect, test } from 'vitest'
import { openApp } from './small-app.ts'
import { smallBook } from './small-book.ts'

test('whoever writes is told who runs the service, of what kind they are, who reads and how long it is kept', async () => {
  const home = openApp()
  const words = ['Kênh của {operator} ({operator_type}); {readers} đọc; giữ {retention_days} ngày.']
  home.book.now = { ...smallBook, words: () => words }
  await home.say('an', 'xin chào')
  await home.settle()
  expect(home.telegram.texts('an').join('\n')).toContain(
    'Kênh của Trạm MẪU (đơn vị y tế); tư vấn viên đọc; giữ 30 ngày.',
  )
})
