# shellcheck shell=bash
# `./twitchactors test`: part of the launcher, which has defined say, die, need, install, alone, maven and errors.

test_help() {
    cat <<'END'
Usage: twitchactors test [--quick]

Checks the format (ktlint, ruff) and the code (detekt, shellcheck), then runs all tests; installs on Debian and Ubuntu what
they need (7z, Chromium, Python, shellcheck, two IRC servers, a name server, libfaketime; for root also what makes network namespaces
and images). The last line counts: N passed, N failed, N skipped.

Options:
  --quick     only the checks and the unit tests: no process, port or outside program
  -h, --help  show this message and exit

Examples:
  ./twitchactors test --quick
  ./twitchactors test
END
}

quick=''
case "$#${1:-}" in
    0) ;;
    1--quick) quick=yes ;;
    1-h | 1--help)
        test_help
        exit 0
        ;;
    *) die 2 "test takes nothing but --quick, not '$*'; see ./twitchactors test --help" ;;
esac

passed=0 failed=0 skipped=0

# count PASSED FAILED SKIPPED
count() {
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# check NAME COMMAND..: counts as one test; what the command prints is shown when it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        say "$name: ok"
        count 1 0 0
    else
        printf '%s\n' "$output" >&2
        say "$name: FAILED"
        count 0 1 0
    fi
}

# absent NAME PROGRAM: true when PROGRAM is not here. In CI that is a failure, elsewhere a check that is skipped.
absent() {
    ! command -v "$2" >/dev/null || return 1
    if [ "${CI:-}" = true ]; then
        say "$1: FAILED, $2 is not installed"
        count 0 1 0
    else
        say "$1: skipped, $2 is not installed"
        count 0 0 1
    fi
}

# All that is missing in one go, so that a person is asked once.
install_for_tests() {
    local missing=()
    find_jdk || missing+=(jdk)
    find_maven || missing+=(maven)
    command -v shellcheck >/dev/null || missing+=(shellcheck)
    python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
    [ -n "$quick" ] || command -v 7z >/dev/null || missing+=(p7zip-full)
    [ -n "$quick" ] || command -v openssl >/dev/null || missing+=(openssl)
    [ -n "$quick" ] || command -v docker-compose >/dev/null || missing+=(docker-compose)
    [ -n "$quick" ] || [ -x /usr/sbin/ngircd ] || missing+=(ngircd)
    [ -n "$quick" ] || [ -x /usr/sbin/inspircd ] || missing+=(inspircd)
    [ -n "$quick" ] || [ -x /usr/sbin/dnsmasq ] || missing+=(dnsmasq-base)
    [ -n "$quick" ] || has_chromium || missing+=(chromium)
    [ -n "$quick" ] || has_faketime || missing+=(libfaketime)
    # Network namespaces, and an image with files of other users, which only root may make.
    if [ -z "$quick" ] && [ "$(id -u)" -eq 0 ]; then
        command -v ip >/dev/null || missing+=(iproute2)
        command -v iptables >/dev/null || missing+=(iptables)
        command -v sysctl >/dev/null || missing+=(procps)
        command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
        command -v buildah >/dev/null || missing+=(buildah)
    fi
    [ ${#missing[@]} -gt 0 ] && has_apt || return 0
    install 'the test' "${missing[@]}"
}

# Those that the tests look for.
has_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
        ! command -v "$name" >/dev/null || return 0
    done
    return 1
}

has_faketime() { compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; }

# Sets promtool: the installed one, or the one out of Debian's package for Prometheus, which is not installed, for it would start a service.
find_promtool() {
    promtool=$(command -v promtool || echo "$work/prometheus/usr/bin/promtool")
    [ ! -x "$promtool" ] && has_apt || return 0
    say 'unpacking promtool of the package prometheus'
    rm -rf "$work/prometheus"
    mkdir -p "$work/prometheus"
    # shellcheck disable=SC2015 # what fails is told as an absent program
    (cd "$work/prometheus" && apt-get download prometheus && dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb) >"$work/promtool.log" 2>&1 || true
}

check_alerts() {
    local promtool
    find_promtool
    absent 'alert rules' "$promtool" && return
    check 'alert rules' "$promtool" check rules docker/prometheus/alerts.yaml
    check 'settings of Prometheus' "$promtool" check config --syntax-only docker/prometheus/prometheus.yaml
}

no_sleep() { ! grep -rnE --include='*.kt' --include='*.java' 'Thread\.sleep' src/*/main; }

check_kotlin() {
    if maven "$work/checks.log" -N verify; then
        say 'Kotlin format and analysis: ok'
        count 1 0 0
    else
        grep -E '\.kt:[0-9]+:[0-9]+: ' "$work/checks.log" | sed "s:$root/::" >&2 || true
        errors "$work/checks.log"
        say "Kotlin format and analysis: FAILED; 'mvn -N spotless:apply' mends the format"
        count 0 1 0
    fi
}

check_python() {
    local ruff=$work/venv/bin/ruff version=0.17.6
    absent 'Python format and analysis' python3 && return
    if [ "$("$ruff" --version 2>/dev/null)" != "ruff $version" ]; then
        say "installing ruff $version into $work/venv"
        rm -rf "$work/venv"
        if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet "ruff==$version"; } >"$work/venv.log" 2>&1; then
            tail -n 5 "$work/venv.log" >&2
        fi
    fi
    check 'Python analysis' "$ruff" check --quiet tests
    check 'Python format' "$ruff" format --diff --quiet tests
}

# The files by which a cluster is run in containers, by the tools that read them. Nothing is started.
check_containers() {
    local validate=$work/validate/bin/kubernetes-validate version=1.37.0
    absent 'compose file' docker-compose || check 'compose file' compose_config
    absent 'Kubernetes manifests' python3 && return
    if [ ! -x "$validate" ]; then
        say "installing kubernetes-validate $version into $work/validate"
        if ! { python3 -m venv "$work/validate" && "$work/validate/bin/pip" install --quiet "kubernetes-validate==$version"; } >"$work/validate.log" 2>&1; then
            tail -n 5 "$work/validate.log" >&2
        fi
    fi
    check 'Kubernetes manifests' "$validate" --strict docker/kubernetes/*.yaml
}

# docker/up makes the secrets; here any will do.
compose_config() {
    local secret
    for secret in MARIADB_ROOT_PASSWORD MARIADB_PASSWORD MONGO_ROOT_PASSWORD MONGO_PASSWORD GRAFANA_PASSWORD TOKENS_KEY OPS_TOKEN; do
        local -x "$secret=any"
    done
    docker-compose --file docker/compose.yaml config --quiet
}

# All modules below src/, or with their fellows below tests/ too, as the root pom lists them.
run_maven() {
    local projects=() log=$work/test.log
    if [ -n "$quick" ]; then projects=(-pl "$(sed -n 's:.*<module>\(src/[^<]*\)</module>.*:\1:p' pom.xml | grep -v distribution | paste -sd, -)"); fi
    # Reports of an earlier run, and the classes of removed tests, which the Kotlin compiler leaves behind.
    rm -rf src/*/target/{test-,}classes src/*/target/*-reports tests/*/target/{test-,}classes tests/*/target/*-reports
    # Failing tests do not end the run: all are to be counted. The checks have had their turn.
    if ! maven "$log" verify ${projects[@]+"${projects[@]}"} -Dmaven.test.failure.ignore=true -Dspotless.check.skip=true -Ddetekt.skip=true; then
        errors "$log"
        say "Maven: FAILED; the whole log is $log"
        count 0 1 0
    elif grep -qE '^\[(ERROR|WARNING)\] Tests run:.*(Failures: [1-9]|Errors: [1-9])' "$log"; then
        errors "$log"
    fi
    # The numbers stand in the first tag of each report.
    # shellcheck disable=SC2046 # three numbers
    count $(find src tests -path '*/target/*-reports/TEST-*.xml' -exec cat {} + | awk '
        function number(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        /<testsuite / { bad += number("errors") + number("failures"); skipped += number("skipped"); all += number("tests") }
        END { print all - bad - skipped + 0, bad + 0, skipped + 0 }')
    say "Maven's tests are done (log: $log)"
}

# The independent checker's own tests, and what else is written in Python. unittest ends with "Ran N tests" and, where it
# applies, "FAILED (failures=1, errors=1, skipped=1)".
run_python() {
    local log=$work/python.log ended=0
    [ -d tests/checker ] || return 0
    absent 'tests in Python' python3 && return
    python3 -m unittest discover tests/checker >"$log" 2>&1 || ended=$?
    [ "$ended" -eq 0 ] || cat "$log" >&2
    # shellcheck disable=SC2046 # three numbers
    count $(awk -v ended="$ended" '
        function number(name) { return match($0, name "=[0-9]+") ? substr($0, RSTART + length(name) + 1, RLENGTH - length(name) - 1) : 0 }
        /^Ran [0-9]+ test/ { all += $2 }
        /^(OK|FAILED)/ { bad += number("failures") + number("errors"); skipped += number("skipped") }
        END { if (ended && !bad) bad = all = all + 1; print all - bad - skipped, bad + 0, skipped + 0 }' "$log")
    say "Python's tests are done (log: $log)"
}

run_all() {
    check_kotlin
    check 'no sleeping in main' no_sleep
    check_python
    absent 'launchers' shellcheck || check 'launchers' shellcheck -x twitchactors pbm .ci/run src/distribution/bin/twitchactors src/distribution/bin/pbm docker/up docker/unpack docker/image
    check_alerts
    [ -n "$quick" ] || check_containers
    run_maven
    [ -n "$quick" ] || run_python
}

cd "$root" || die 3 "$root cannot be read"
install_for_tests
need jdk maven
# Tests may start ./twitchactors, which then finds it built.
[ -n "$quick" ] || find_app || alone build
alone run_all
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] || exit 1
exit 0
