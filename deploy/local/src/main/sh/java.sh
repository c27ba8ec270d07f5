# Finds the newest JDK on this machine. Sourced by ./latchkey.
# shellcheck shell=sh

least_java=21
java_advice="Latchkey needs a JDK of version $least_java or newer (a JDK: with javac).
  Debian 13, Ubuntu 24.04:  sudo apt-get install openjdk-21-jdk-headless
  Debian 12:                https://adoptium.net/installation/linux/ then sudo apt-get install temurin-25-jdk
  Fedora:                   sudo dnf install java-21-openjdk-devel
  macOS:                    brew install --cask temurin
  anywhere:                 https://sdkman.io then sdk install java 25-tem
or set JAVA_HOME to where it is."

# The major version of the JDK in a directory; nothing when there is none.
java_version_in() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Where JDKs may be, one directory per line.
java_candidates() {
  [ -z "${JAVA_HOME:-}" ] || say "$JAVA_HOME"
  if have javac; then
    javac=$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)
    dirname "$(dirname "$javac")"
  fi
  for candidate in /usr/lib/jvm/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ ! -d "$candidate" ] || say "$candidate"
  done
}

# Prints "<version> <directory>" of the newest; the first of equals wins, so that JAVA_HOME does.
newest_java() {
  java_candidates | {
    best=0
    best_home=
    while read -r candidate; do
      version=$(java_version_in "$candidate")
      if [ -n "$version" ] && [ "$version" -gt "$best" ]; then
        best=$version
        best_home=$candidate
      fi
    done
    say "$best $best_home"
  }
}

# Sets JAVA_HOME and java_version, or ends with advice.
use_java() {
  found=$(newest_java)
  java_version=${found%% *}
  [ "$java_version" -ge "$least_java" ] || die "$java_advice"
  JAVA_HOME=${found#* }
  export JAVA_HOME
}
