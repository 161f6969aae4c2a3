"""S3, parameters, secrets and temporary keys."""

import io
import urllib.request

import boto3

from clients import account, equal, failure, pages, s3, secrets, ssm, sts, waiter


def moves_large_objects_in_parts():
    content = bytes(9 << 20)
    s3.upload_fileobj(io.BytesIO(content), 'code', 'dir/large')
    received = io.BytesIO()
    s3.download_fileobj('code', 'dir/large', received)
    assert received.getvalue() == content


def keeps_objects():
    small = {'Bucket': 'code', 'Key': 'small'}
    s3.put_object(**small, Body=b'one', Metadata={'made-by': 'test'}, ContentType='text/plain')
    waiter(s3, 'object_exists')(**small)
    found = s3.get_object(**small)
    equal((found['Metadata'], found['ContentType'], found['Body'].read()), ({'made-by': 'test'}, 'text/plain', b'one'))
    equal(s3.get_object(**small, Range='bytes=1-')['Body'].read(), b'ne')
    failure('ClientError', 412, lambda: s3.put_object(**small, Body=b'two', IfNoneMatch='*'), 'PreconditionFailed')
    failure('NoSuchKey', 404, lambda: s3.get_object(Bucket='code', Key='no'))
    failure('NoSuchBucket', 404, lambda: s3.list_objects_v2(Bucket='not-there'))
    with urllib.request.urlopen(s3.generate_presigned_url('get_object', Params=small)) as answer:
        equal(answer.read(), b'one')
    s3.copy({**small}, 'code', 'copy')
    listed = pages(s3, 'list_objects_v2', 'Contents', Bucket='code', PaginationConfig={'PageSize': 2})
    equal([each['Key'] for each in listed], ['copy', 'dir/large', 'small', 'two.zip'])


def empties_a_bucket():
    bucket = boto3.resource('s3').Bucket('code')
    bucket.objects.all().delete()
    bucket.delete()
    waiter(s3, 'bucket_not_exists')(Bucket='code')


def keeps_parameters():
    named = {'Name': '/shop/price'}
    ssm.put_parameter(**named, Type='String', Value='3')
    ssm.put_parameter(**named, Type='String', Value='4', Overwrite=True)
    found = pages(ssm, 'get_parameters_by_path', 'Parameters', Path='/shop')
    equal([(each['Value'], each['Version']) for each in found], [('4', 2)])
    equal(ssm.get_parameter(Name='/shop/price:1')['Parameter']['Value'], '3')
    equal([each['Value'] for each in pages(ssm, 'get_parameter_history', 'Parameters', **named)], ['3', '4'])
    failure('ParameterAlreadyExists', 400, lambda: ssm.put_parameter(**named, Type='String', Value='5'))
    equal(ssm.delete_parameters(Names=['/shop/price', '/no'])['InvalidParameters'], ['/no'])
    failure('ParameterNotFound', 400, lambda: ssm.get_parameter(**named))


def keeps_secrets():
    secret = {'SecretId': 'shop/key'}
    secrets.create_secret(Name='shop/key', SecretString='one')
    secrets.put_secret_value(**secret, SecretString='two', VersionStages=['CANDIDATE'])
    equal(secrets.get_secret_value(**secret)['SecretString'], 'one')
    equal(secrets.get_secret_value(**secret, VersionStage='CANDIDATE')['SecretString'], 'two')
    equal([each['Name'] for each in pages(secrets, 'list_secrets', 'SecretList')], ['shop/key'])
    secrets.delete_secret(**secret, ForceDeleteWithoutRecovery=True)
    failure('ResourceNotFoundException', 400, lambda: secrets.get_secret_value(**secret))


def gives_keys_of_a_role():
    arn = f'arn:aws:iam::{account}:role/deploy'
    keys = sts.assume_role(RoleArn=arn, RoleSessionName='test')['Credentials']
    as_role = boto3.client(
        'sts',
        aws_access_key_id=keys['AccessKeyId'],
        aws_secret_access_key=keys['SecretAccessKey'],
        aws_session_token=keys['SessionToken'],
    )
    equal(as_role.get_caller_identity()['Arn'], f'arn:aws:sts::{account}:assumed-role/deploy/test')
