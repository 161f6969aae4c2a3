import { parse } from '@oclif/core/parser'
import { expect, test } from 'vitest'
import { loggedFunctions } from '../../../src/cli/choose/logged-functions.ts'
import { contentFlags } from '../../../src/cli/flags/logs.ts'

// A variable of the shell that is not set gives an empty text.

test.each(['', ' '])('no function has the name "%s"', (word) => {
  const choose = () => loggedFunctions({ functions: [] }, ['hello', word])
  expect(choose).toThrow('Expected the name of a function, got an empty text.')
})

test('an empty text to exclude does not hide all lines', async () => {
  const exclude = (text: string) => parse(['--exclude', text], { flags: contentFlags })
  await expect(exclude('')).rejects.toThrow('Expected a text that lines do not have, got an empty one.')
  await expect(exclude('x')).resolves.toMatchObject({ flags: { exclude: ['x'] } })
})
