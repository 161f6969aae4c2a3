terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "code" { default = "one.zip" }
variable "layer" { default = "prices-one.zip" }
variable "retention" { default = 7 }
variable "batch" { default = 5 }
variable "threshold" { default = 1 }
# The weight of the newest version beside version 1; 0: it has all.
variable "weight" { default = 0 }

provider "aws" {
  s3_use_path_style = true
}

data "aws_iam_policy_document" "by_lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = data.aws_iam_policy_document.by_lambda.json
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.shop.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_ssm_parameter" "price" {
  name  = "/shop/price"
  type  = "String"
  value = "3"
}

resource "aws_secretsmanager_secret" "key" {
  name                    = "shop/key"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "key" {
  secret_id     = aws_secretsmanager_secret.key.id
  secret_string = "one"
}

resource "aws_s3_bucket" "code" {
  bucket        = "code"
  force_destroy = true
  tags          = { team = "shop" }
}

resource "aws_s3_bucket_versioning" "code" {
  bucket = aws_s3_bucket.code.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_object" "code" {
  bucket      = aws_s3_bucket_versioning.code.id
  key         = "shop.zip"
  source      = var.code
  source_hash = filemd5(var.code)
}

resource "aws_cloudwatch_log_group" "shop" {
  name              = "/aws/lambda/shop"
  retention_in_days = var.retention
  tags              = { team = "shop" }
}

resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "refused"
  log_group_name = aws_cloudwatch_log_group.shop.name
  pattern        = "{ $.level = \"ERROR\" }"
  metric_transformation {
    name      = "Refused"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_lambda_layer_version" "prices" {
  layer_name          = "prices"
  filename            = "prices-one.zip"
  source_code_hash    = filebase64sha256("prices-one.zip")
  compatible_runtimes = ["nodejs22.x"]
  description         = "Prices"
}

# Its change takes no update of the function, for which the provider would wait 5 seconds more.
resource "aws_lambda_layer_version" "taxes" {
  layer_name       = "taxes"
  filename         = var.layer
  source_code_hash = filebase64sha256(var.layer)
}

resource "aws_lambda_function" "shop" {
  function_name     = "shop"
  role              = aws_iam_role.shop.arn
  runtime           = "nodejs22.x"
  handler           = "index.handler"
  s3_bucket         = aws_s3_object.code.bucket
  s3_key            = aws_s3_object.code.key
  s3_object_version = aws_s3_object.code.version_id
  publish           = true
  memory_size       = 256
  timeout           = 5
  layers            = [aws_lambda_layer_version.prices.arn]
  tags              = { team = "shop" }
  environment {
    variables = { GREETING = "hello" }
  }
  # The provider finds a difference in each plan of a published function with JSON logs whose levels are left out.
  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "INFO"
    log_group             = aws_cloudwatch_log_group.shop.name
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.shop.function_name
  function_version = var.weight > 0 ? "1" : aws_lambda_function.shop.version
  dynamic "routing_config" {
    for_each = var.weight > 0 ? [var.weight] : []
    content {
      additional_version_weights = { (aws_lambda_function.shop.version) = var.weight }
    }
  }
}

resource "aws_lambda_permission" "events" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.shop.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:000000000000:rule/nightly"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:000000000000:orders"
  function_name    = aws_lambda_alias.live.arn
  batch_size       = var.batch
}

resource "aws_lambda_function_url" "live" {
  function_name      = aws_lambda_function.shop.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_event_invoke_config" "live" {
  function_name          = aws_lambda_function.shop.function_name
  qualifier              = aws_lambda_alias.live.name
  maximum_retry_attempts = 1
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "shop", Resource = "shop:live" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = var.threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  tags                = { team = "shop" }
}
