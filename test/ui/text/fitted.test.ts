import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { fitted, widthOf } from '../../../src/ui/text/fitted.ts'

test('lines end at words, and go on deeper', () => {
  expect(fitted('Error: the alarm has no data yet\n  → wait for it, then go on', 20)).toBe(
    ['Error: the alarm has', '  no data yet', '  → wait for it,', '    then go on'].join('\n'),
  )
})

test.each([
  '  → Make it: aws cloudwatch put-metric-alarm --alarm-name errors',
  '  lambdactl canary approve checkout --env prod --reason "it is fine"',
  '  → Make it: AWS_SHARED_CREDENTIALS_FILE=/home/ada/.local/state/x aws cloudwatch put-metric-alarm --dimensions Name=A,Value=b Name=C,Value=d:live --profile sandbox',
  String.raw`  → Make it: aws cloudwatch put-metric-alarm --alarm-description 'Ada'\''s, for (2) of them; all' --period 60`,
  'See `lambdactl status checkout --env prod --region eu-west-1`.',
])('a command stays whole, since it is there to be copied: %s', (text) => {
  const command = /(?:AWS_\S+ )?(?:aws|lambdactl)[^`]*/.exec(text)?.[0]
  expect(fitted(text, 30)).toContain(command)
})

test('wide characters count twice', () => {
  for (const line of fitted('日本 '.repeat(20).trimEnd(), 30).split('\n')) {
    expect(stringWidth(line)).toBeLessThanOrEqual(30)
  }
})

test('a pipe has no width', () => {
  expect(widthOf({ isTTY: false, columns: 80 })).toBe(Number.POSITIVE_INFINITY)
  expect(widthOf({ isTTY: true, columns: 80 })).toBe(80)
  expect(widthOf({ isTTY: true, columns: 0 })).toBe(Number.POSITIVE_INFINITY)
})
