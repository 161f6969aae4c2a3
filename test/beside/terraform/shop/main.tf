# A service as teams make it: one function with an alias, one by a module, and callers that go past the alias.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  s3_use_path_style = true
  default_tags {
    tags = { ManagedBy = "terraform" }
  }
}

variable "memory" { default = 512 }
variable "level" { default = "info" }

resource "aws_iam_role" "shop" {
  name = "shop"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "pay" {
  function_name    = "shop-prod-pay"
  role             = aws_iam_role.shop.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "placeholder.zip"
  source_code_hash = filebase64sha256("placeholder.zip")
  publish          = true
  memory_size      = var.memory
  environment {
    variables = { LEVEL = var.level, TABLE = "orders" }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.pay.function_name
  function_version = aws_lambda_function.pay.version
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:000000000000:orders"
  function_name    = aws_lambda_function.pay.arn
}

resource "aws_lambda_permission" "events" {
  statement_id  = "events"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.pay.function_name
  principal     = "events.amazonaws.com"
}

resource "aws_cloudwatch_log_group" "pay" {
  name = "/aws/lambda/shop-prod-pay"
}

module "mail" {
  source = "./modules/function"
  name   = "shop-prod-mail"
  role   = aws_iam_role.shop.arn
}
