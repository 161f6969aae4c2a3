"""A state machine, its executions and their history."""

import json

import boto3

from clients import account, config, equal, failure, pages, reach

states = boto3.client('stepfunctions', config=config)
role = f'arn:aws:iam::{account}:role/flow'
task = f'arn:aws:lambda:eu-west-1:{account}:function:shop:1'


def _definition(**more):
    call = {'Type': 'Task', 'Resource': task, 'End': True, **more}
    return json.dumps({'StartAt': 'Call', 'States': {'Call': call}})


def runs_a_function_as_a_task():
    made = states.create_state_machine(name='flow', definition=_definition(), roleArn=role)
    arn = made['stateMachineArn']
    equal(arn, f'arn:aws:states:eu-west-1:{account}:stateMachine:flow')
    execution = states.start_execution(stateMachineArn=arn, input='{"n": 1}')['executionArn']
    reach(lambda: states.describe_execution(executionArn=execution)['status'], 'SUCCEEDED')
    kinds = [event['type'] for event in pages(states, 'get_execution_history', 'events', executionArn=execution)]
    equal(kinds, ['ExecutionStarted', 'TaskStateEntered', 'TaskStateExited', 'ExecutionSucceeded'])
    equal([each['name'] for each in pages(states, 'list_state_machines', 'stateMachines')], ['flow'])
    states.update_state_machine(stateMachineArn=arn, definition=_definition(Comment='changed'))
    states.delete_state_machine(stateMachineArn=arn)
    failure('StateMachineDoesNotExist', 400, lambda: states.describe_state_machine(stateMachineArn=arn))
