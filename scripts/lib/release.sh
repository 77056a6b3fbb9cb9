# Sourced after maven.sh by scripts/release, which sets root, out, version and its options: the steps of a release.

artifacts=bom,core,lambda-sandbox,sink-testkit
central=https://central.sonatype.com/api/v1/publisher/upload

# step <what> <function or command>...
step() {
  echo "release: $1" >&2
  "${@:2}"
}

check_usage() {
  local layer
  [[ $version ]] || fail_usage 'no version: expected one such as 1.2.0'
  [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[A-Za-z0-9.]+)?$ && $version != *-SNAPSHOT ]] ||
    fail_usage "'$version' is not a version: expected one such as 1.2.0 or 1.2.0-rc.1"
  git -C "$root" rev-parse --quiet --verify HEAD >/dev/null || fail_usage "$root is not a git repository with a commit"
  [[ -z $(git -C "$root" status --porcelain) ]] || fail_usage 'there are changes that are not committed: expected a clean tree'
  ! git -C "$root" rev-parse --quiet --verify "refs/tags/v$version" >/dev/null || fail_usage "the tag v$version exists"
  [[ $(unreleased) ]] || fail_usage 'CHANGELOG.md has nothing under "## Unreleased"'
  [[ $url ]] || url=$(web_address "$(git -C "$root" remote get-url origin 2>/dev/null || true)")
  [[ $url == https://* ]] || fail_usage 'origin has no https address: expected --url https://...'
  for layer in "${other_layers[@]}"; do
    [[ $(processor_of "$layer") ]] || fail_usage "$layer is not a layer of this project"
  done
  [[ $dry_run ]] && return
  [[ $key ]] || fail_usage 'Maven Central accepts signed files only: expected --key, or --dry-run'
  [[ ${CENTRAL_TOKEN:-} ]] || fail_usage 'CENTRAL_TOKEN is not set: expected a user token of the Central Portal, or --dry-run'
}

# web_address <address of a git remote>: its https form.
web_address() { sed -E 's#^(ssh://)?git@([^:/]+)[:/]#https://\2/#; s#\.git$##' <<<"$1"; }

unreleased() { sed -n '/^## Unreleased/,/^## [^U]/{/^[-*] /p}' "$root/CHANGELOG.md"; }

# processor_of <zip>: prints x86_64 or arm64, as the layer's manifest has it.
processor_of() {
  local folder
  folder=$(mktemp -d)
  cp "$1" "$folder/layer.zip" 2>/dev/null && (cd "$folder" && "$(jdk25)/bin/jar" --extract --file layer.zip log-shipper/manifest) &&
    sed -n 's/^Processor: //p' "$folder/log-shipper/manifest" 2>/dev/null || true
  rm -rf "$folder"
}

# Exports the last commit and writes the version there, so that the build sees nothing else.
copy_source() {
  source_copy=$out/source
  rm -rf "$out"
  mkdir -p "$source_copy"
  git -C "$root" archive HEAD | tar -x -C "$source_copy"
  set_version "$source_copy" "$version" "$url"
}

# set_version <folder> <version> [<url>]: in all POMs, and the heading of the CHANGELOG unless it is a snapshot.
set_version() {
  local old
  old=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q}' "$1/pom.xml")
  (cd "$1" && git -C "$root" ls-files -z -- '*pom.xml' | xargs -0 sed -i "s#>${old//./\\.}<#>$2<#")
  [[ -z ${3:-} ]] || sed -i "s#<project\.home>.*</project\.home>#<project.home>$3</project.home>#" "$1/pom.xml" "$1/bom/pom.xml"
  [[ $2 == *-SNAPSHOT ]] || sed -i "s/^## Unreleased/## $2, $(date -u +%F)/" "$1/CHANGELOG.md"
}

build_layer() {
  local layer
  "$source_copy/scripts/layer" >&2
  cp "$source_copy"/extension-bundle/target/log-shipper-{x86_64,arm64}.zip "$out" 2>/dev/null || true
  for layer in "${other_layers[@]}"; do
    cp -n "$layer" "$out/log-shipper-$(processor_of "$layer").zip"
  done
  for layer in x86_64 arm64; do
    [[ -f $out/log-shipper-$layer.zip ]] ||
      echo "release: no layer for $layer: build it there with scripts/release $version --dry-run, and pass it with --layer" >&2
  done
}

build_repository() {
  quiet_maven "$out/maven.log" -f "$source_copy/pom.xml" -Prelease -pl "$artifacts" -DskipTests deploy \
    -DaltDeploymentRepository="release::file://$out/maven" >&2
  find "$out/maven" -name 'maven-metadata*' -delete
  # Those of core, which only this project uses.
  find "$out/maven" -name '*-tests.jar*' -delete
}

# The Maven plugin knows the jars; the Java runtime is no jar.
write_sbom() {
  local java
  quiet_maven "$out/sbom.log" -f "$source_copy/pom.xml" -pl extension-bundle -am -DskipTests \
    org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom -DoutputFormat=json -DoutputName=sbom -DincludeBomSerialNumber=false \
    -DincludeTestScope=false -DincludeProvidedScope=false >/dev/null
  java=$(manifest_value Java-Version)
  sed "0,/^  \"components\" : \[/s//&\n    {\n      \"type\" : \"platform\",\n      \"bom-ref\" : \"java-runtime\",\n      \"publisher\" : \"$(manifest_value Java-Vendor)\",\n      \"name\" : \"java-runtime\",\n      \"version\" : \"$java\"\n    },/" \
    "$source_copy/extension-bundle/target/sbom.json" >"$out/log-shipper-$version.cdx.json"
}

# manifest_value <name>: of the layer that was built here.
manifest_value() { sed -n "s/^$1: //p" "$source_copy/extension-bundle/target/layer/log-shipper/manifest"; }

# Writes the changes of the list that a test keeps equal to the code. A patch release must not remove anything.
compare_api() {
  local last removed
  last=$(git -C "$root" describe --tags --match 'v*' --abbrev=0 2>/dev/null || true)
  if [[ -z $last ]]; then
    echo 'The first release: all of core/api.txt is new.' >"$out/api-changes.diff"
    return
  fi
  git -C "$root" diff --no-color "$last" HEAD -- core/api.txt >"$out/api-changes.diff"
  removed=$(grep -c '^-[^-]' "$out/api-changes.diff" || true)
  if ((removed)) && [[ ${version%.*} == "$(sed -E 's/^v([0-9]+\.[0-9]+).*/\1/' <<<"$last")" ]]; then
    echo "release: $removed lines of core/api.txt are gone or changed since $last: expected a new minor or major version" >&2
    return 1
  fi
}

seal() {
  local file
  if [[ $key ]]; then
    while read -r file; do sign "$file"; done < <(find "$out/maven" -name '*.jar' -o -name '*.pom')
  fi
  (cd "$out/maven" && "$(jdk25)/bin/jar" --create --no-manifest --file "../log-shipper-$version-central.zip" .)
  rm -rf "$source_copy" "$out"/*.log
  (cd "$out" && sha256sum log-shipper* api-changes.diff >SHA256SUMS)
  provenance >"$out/provenance.json"
  if [[ $key ]]; then
    sign "$out/SHA256SUMS"
    sign "$out/provenance.json"
  fi
}

sign() { gpg --batch --yes --quiet --local-user "$key" --armor --detach-sign "$1"; }

# An in-toto statement with SLSA's predicate: https://slsa.dev/spec/v1.0/provenance
provenance() {
  local digest name separator='' builder=${GITHUB_WORKFLOW_REF:+https://github.com/$GITHUB_WORKFLOW_REF}
  echo '{"_type":"https://in-toto.io/Statement/v1","subject":['
  while read -r digest name; do
    echo "$separator{\"name\":\"$name\",\"digest\":{\"sha256\":\"$digest\"}}"
    separator=,
  done <"$out/SHA256SUMS"
  cat <<END
],"predicateType":"https://slsa.dev/provenance/v1","predicate":{
"buildDefinition":{"buildType":"$url/blob/v$version/scripts/release","externalParameters":{"version":"$version"},
"resolvedDependencies":[{"uri":"git+$url","digest":{"gitCommit":"$(git -C "$root" rev-parse HEAD)"}}]},
"runDetails":{"builder":{"id":"${builder:-$url/blob/v$version/docs/releasing.md#by-hand}"},
"metadata":{"finishedOn":"$(date -u +%FT%TZ)"}}}}
END
}

# Two commits: the release, which is tagged, and the next snapshot.
commit_release() {
  local next
  next=$(awk -F'[.-]' '{print $1 "." $2 "." $3 + 1 "-SNAPSHOT"}' <<<"$version")
  set_version "$root" "$version" "$url"
  git -C "$root" commit --quiet --all --message "Release $version"
  git -C "$root" tag --annotate "v$version" --message "$version" ${key:+--sign --local-user="$key"}
  set_version "$root" "$next"
  sed -i "0,/^## $version, /s//## Unreleased\n\n&/" "$root/CHANGELOG.md"
  git -C "$root" commit --quiet --all --message "Begin $next"
}

# The token goes through standard input: arguments are visible to every process.
upload_bundle() {
  local id
  id=$(curl --silent --show-error --fail-with-body --config - --form "bundle=@$out/log-shipper-$version-central.zip" \
    "$central?name=log-shipper-$version&publishingType=USER_MANAGED" <<<"header = \"Authorization: Bearer $CENTRAL_TOKEN\"")
  echo "release: uploaded as deployment $id; publish it in the Central Portal" >&2
}
