# Two functions, for two processors, whose logs go to one bucket. Add functions to the map; all get the layer.

terraform {
  required_version = ">= 1.9"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.4"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "bucket_name" {
  description = "The bucket for the logs. Its name must be free."
  type        = string
}

variable "layer_arns" {
  description = "What scripts/publish printed, by architecture: x86_64, arm64."
  type        = map(string)
}

locals {
  functions = {
    python = { runtime = "python3.13", handler = "app.handler", architecture = "x86_64" }
    node   = { runtime = "nodejs22.x", handler = "index.handler", architecture = "arm64" }
  }
}

module "log_shipper" {
  source   = "../"
  for_each = var.layer_arns

  sink      = "s3"
  layer_arn = each.value
  s3        = { bucket_arn = aws_s3_bucket.logs.arn }

  # Often wanted next:
  # variables = {
  #   PUSHER_S3_COMPRESSION = "gzip"
  #   PUSHER_S3_KEY         = "logs/{function}/year={year}/month={month}/day={day}/hour={hour}/{millis}-{file}.log"
  # }

  # When the logs arrive:
  # cloudwatch_logs = false
}

resource "aws_s3_bucket" "logs" {
  bucket = var.bucket_name
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 90
    }
  }
}

data "archive_file" "code" {
  for_each    = local.functions
  type        = "zip"
  source_dir  = "${path.module}/../../functions/${each.key}"
  output_path = "${path.module}/${each.key}.zip"
}

resource "aws_lambda_function" "example" {
  for_each = local.functions

  function_name    = "log-shipper-${each.key}"
  runtime          = each.value.runtime
  handler          = each.value.handler
  architectures    = [each.value.architecture]
  role             = aws_iam_role.example[each.key].arn
  filename         = data.archive_file.code[each.key].output_path
  source_code_hash = data.archive_file.code[each.key].output_base64sha256
  layers           = module.log_shipper[each.value.architecture].layers

  environment {
    variables = merge({ STAGE = "example" }, module.log_shipper[each.value.architecture].variables)
  }
}

resource "aws_iam_role" "example" {
  for_each = local.functions

  name = "log-shipper-${each.key}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "cloudwatch" {
  for_each = local.functions

  role       = aws_iam_role.example[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy" "log_shipper" {
  for_each = local.functions

  name   = "log-shipper"
  role   = aws_iam_role.example[each.key].id
  policy = module.log_shipper[each.value.architecture].policy
}
