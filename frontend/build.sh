#!/bin/sh
# Builds the style sheet, the scripts and the fonts into ../static/dist. Run in this folder after
#   npm ci --ignore-scripts --no-audit --no-fund
set -eu
cd "$(dirname "$0")"
out=../static/dist
modules=node_modules

# Built aside and moved into place, so that a failed build leaves the last good one.
new=$out.new
rm -rf "$new"
mkdir -p "$new/css" "$new/js" "$new/fonts" "$new/images"

node $modules/sass/sass.js --load-path=. --load-path=$modules --style=compressed --no-source-map \
  --quiet-deps --no-charset scss/app.scss "$new/css/app.css"

for name in app js-enabled editor; do
  node $modules/esbuild/bin/esbuild js/$name.js --bundle --minify --format=iife --target=es2020 \
    --legal-comments=none --log-level=warning --outfile="$new/js/$name.js"
done

for subset in latin latin-ext; do
  for style in normal italic; do
    cp $modules/@fontsource-variable/inter/files/inter-$subset-wght-$style.woff2 "$new/fonts/"
  done
done
# What PDFs are drawn with where a name is written in other letters than ours.
for part in vietnamese greek cyrillic; do
  cp $modules/@fontsource-variable/inter/files/inter-$part-wght-normal.woff2 "$new/fonts/"
done
for weight in 400 700; do
  cp $modules/@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-$weight-normal.woff2 "$new/fonts/"
  for script in bengali devanagari gujarati gurmukhi tamil; do
    cp $modules/@fontsource/noto-sans-$script/files/noto-sans-$script-$script-$weight-normal.woff2 "$new/fonts/"
  done
done
cp $modules/@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff2 "$new/fonts/"
cp $modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf $modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf "$new/fonts/"
cp images/favicon.svg "$new/"
cp $modules/@ministryofjustice/frontend/moj/assets/images/icon-document.svg "$new/images/"
cp NOTICES.md "$new/NOTICES.txt"

# The typeface, crown and crest of GOV.UK are for services on gov.uk only.
if grep -rlEi "gds.?transport|light-94a07e06a1|govuk-crest|govuk-crown|logotype-crown" "$new"; then
  echo "The build names a typeface or an emblem that only GOV.UK itself may use: see the files above." >&2
  exit 1
fi
# A missing file would stop collectstatic, and with it the release.
grep -oE 'url\("?[^")]+' "$new/css/app.css" | sed -E 's/url\("?//' | grep -v '^data:' | sort -u |
  while read -r named; do
    [ -e "$new/css/$named" ] || { echo "The style sheet names $named, which is not built." >&2; exit 1; }
  done
if grep -l "moment" "$new"/js/*.js; then
  echo "The build has pulled moment.js in: nothing of ours needs it." >&2
  exit 1
fi

rm -rf "$out"
mv "$new" "$out"
echo "Front end built in static/dist."
