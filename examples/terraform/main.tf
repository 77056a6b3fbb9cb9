terraform {
  required_version = ">= 1.9"
}

locals {
  # ARN of a bucket: arn:aws:s3:::name; of a stream: arn:aws:firehose:region:account:deliverystream/name
  partition = split(":", var.layer_arn)[1]

  http = var.sink != "http" ? {} : {
    PUSHER_HTTP_URL          = var.http.url
    PUSHER_HTTP_BEARER_TOKEN = var.http.token_secret_arn
  }

  kinesis = var.sink != "kinesis" ? {} : {
    PUSHER_KINESIS_STREAM = element(split("/", var.kinesis.stream_arn), 1)
  }

  loki = var.sink != "loki" ? {} : {
    PUSHER_LOKI_URL         = var.loki.url
    PUSHER_LOKI_APPLICATION = var.loki.application
    PUSHER_LOKI_ENVIRONMENT = var.loki.environment
    PUSHER_LOKI_USERNAME    = var.loki.user
    PUSHER_LOKI_PASSWORD    = var.loki.password_secret_arn
  }

  s3 = var.sink != "s3" ? {} : {
    PUSHER_S3_BUCKET = element(split(":::", var.s3.bucket_arn), 1)
  }

  own = merge({ PUSHER_MODE = var.sink }, local.http, local.kinesis, local.loki, local.s3)

  secret = var.sink == "http" ? var.http.token_secret_arn : var.sink == "loki" ? var.loki.password_secret_arn : null

  statements = concat(
    var.sink != "kinesis" ? [] : [
      { Effect = "Allow", Action = "firehose:PutRecordBatch", Resource = var.kinesis.stream_arn }
    ],
    var.sink != "s3" ? [] : [
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${var.s3.bucket_arn}/*" }
    ],
    try(var.s3.kms_key_arn, null) == null ? [] : [
      { Effect = "Allow", Action = "kms:GenerateDataKey", Resource = var.s3.kms_key_arn }
    ],
    # Without the member's name that a reference may end with.
    local.secret == null ? [] : [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = split("#", local.secret)[0] }
    ],
    var.cloudwatch_logs ? [] : [
      {
        Effect   = "Deny"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${local.partition}:logs:*:*:*"
      }
    ],
  )
}
