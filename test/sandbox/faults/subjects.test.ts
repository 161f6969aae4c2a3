import { expect, test } from 'vitest'
import { subjectsOfMetric, subjectsOfRequest } from '../../../src/sandbox/faults/subjects.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop'
const parameterArn = 'arn:aws:ssm:eu-west-1:000000000000:parameter'
const secretArn = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret'

test.each<[object, string[]]>([
  [{ FunctionName: 'shop' }, ['shop']],
  [{ FunctionName: 'shop', Qualifier: 'live' }, ['shop', 'shop:live']],
  [{ FunctionName: 'shop', Name: 'live', FunctionVersion: '2' }, ['shop', 'shop:live']],
  [{ FunctionName: 'shop:live' }, ['shop', 'shop:live']],
  [{ FunctionName: `${functionArn}:2` }, ['shop', 'shop:2']],
  [{ FunctionName: '000000000000:function:shop' }, ['shop']],
  [{ AlarmNames: ['errors', 'slow: p99'] }, ['errors', 'slow: p99']],
  [{ logGroupName: '/aws/lambda/shop', logStreamName: 'x' }, ['/aws/lambda/shop']],
  [
    { logGroupIdentifiers: ['arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/shop:*'] },
    ['/aws/lambda/shop'],
  ],
  [{ Bucket: 'artefacts', Key: 'shop/1.zip' }, ['artefacts', 'artefacts/shop/1.zip']],
  [
    { Bucket: 'artefacts', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } },
    ['artefacts', 'artefacts/a', 'artefacts/b'],
  ],
  [{ Name: '/shop/table' }, ['/shop/table']],
  [{ Names: [`${parameterArn}/shop/table`, `${parameterArn}/table:2`] }, ['/shop/table', 'table']],
  [{ SecretId: 'shop/key' }, ['shop/key']],
  [{ SecretId: `${secretArn}:shop/key-Ab12Cd` }, ['shop/key']],
  [{ SecretId: `${secretArn}:shop/key` }, ['shop/key']],
  [{ SecretIdList: ['one', `${secretArn}:two-Ab12Cd`] }, ['one', 'two']],
  [{ MaxItems: 5 }, []],
])('a request with %j is about %j', (input, subjects) => {
  expect(subjectsOfRequest(input)).toEqual(subjects)
})

test('a metric is about its function, and about the alias or version of its dimensions', () => {
  expect(subjectsOfMetric({ FunctionName: 'shop', Resource: 'shop:live', ExecutedVersion: '2' })).toEqual([
    'shop',
    'shop:live',
    'shop:2',
  ])
  expect(subjectsOfMetric({ Queue: 'orders' })).toEqual([])
})
