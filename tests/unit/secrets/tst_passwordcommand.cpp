#include "secrets/passwordcommand.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

QByteArray outcome(const QString &command, std::chrono::milliseconds limit = 10s)
{
    const auto answer = test::settle(secretFromCommand(command, limit, {}));
    return answer && *answer ? "secret " + (*answer)->reveal() : test::wordsOf(answer);
}

bool alive(const QString &pidFile)
{
    QFile file(pidFile);
    const pid_t pid = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    return pid > 0 && stat.open(QIODevice::ReadOnly) && !stat.readAll().contains(") Z ");
}

} // namespace

class TestPasswordCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineIsCutIntoWords_data();
    void aLineIsCutIntoWords();
    void linesThatCannotBeRun_data();
    void linesThatCannotBeRun();
    void whatItPrintsIsTheSecret_data();
    void whatItPrintsIsTheSecret();
    void whatWentWrongIsSaid_data();
    void whatWentWrongIsSaid();
    void itIsKilledWithAllItStarted();
    void aStopRequestKillsItToo();
    void itCannotReadFromTheTerminal();
};

void TestPasswordCommand::aLineIsCutIntoWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const QString &line, const QStringList &words) {
        QTest::newRow(name) << line << words;
    };
    const auto shell = [&](const char *name, const QString &line) {
        row(name, line, { u"/bin/sh"_s, u"-c"_s, line });
    };
    row("words", u" pass  show\tpg "_s, { u"pass"_s, u"show"_s, u"pg"_s });
    row("quotes", u"a 'b $c' \"d e\" f'g'\"h\""_s, { u"a"_s, u"b $c"_s, u"d e"_s, u"fgh"_s });
    row("empty word", u"a '' b"_s, { u"a"_s, QString(), u"b"_s });
    row("backslash", u"a\\ b c\\\\d \"e\\\"f\""_s, { u"a b"_s, u"c\\d"_s, u"e\"f"_s });
    row("an option with a value", u"op read --vault=x op://a/b"_s,
        { u"op"_s, u"read"_s, u"--vault=x"_s, u"op://a/b"_s });
    row("escaped dollar", u"a \\$b"_s, { u"a"_s, u"$b"_s });
    shell("pipe", u"pass pg | head -1"_s);
    shell("variable", u"cat $HOME/x"_s);
    shell("in double quotes", u"cat \"$HOME/x\""_s);
    shell("backquotes", u"cat \"`x`\""_s);
    shell("setting a variable first", u"A=b pass"_s);
    shell("home", u"cat ~/x"_s);
    shell("glob", u"cat *"_s);
    shell("two commands", u"a; b"_s);
    shell("two lines", u"a\nb"_s);
    shell("a backslash that stays", u"a \"b\\n\""_s);
}

void TestPasswordCommand::aLineIsCutIntoWords()
{
    QFETCH(QString, line);
    QTEST(commandWords(line).value_or(QStringList {}), "words");
}

void TestPasswordCommand::linesThatCannotBeRun_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("nothing") << QString();
    QTest::newRow("blanks") << u" \t"_s;
    QTest::newRow("open quote") << u"a 'b"_s;
    QTest::newRow("open double quote") << u"a \"b"_s;
    QTest::newRow("backslash at the end") << u"a \\"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(u'\0');
}

void TestPasswordCommand::linesThatCannotBeRun()
{
    QFETCH(QString, line);
    QCOMPARE(
        outcome(line), "secrets.command-invalid: the password command is empty, or a quote in it stays open");
}

void TestPasswordCommand::whatItPrintsIsTheSecret_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("one newline goes") << u"printf 'a b\\n\\n'"_s << QByteArray("a b\n");
    QTest::newRow("that of Windows too") << u"printf 'a\\r\\n'"_s << QByteArray("a");
    QTest::newRow("none is there") << u"printf 'a '"_s << QByteArray("a ");
    QTest::newRow("arguments come through whole")
        << u"printf %s '$(id) \"x\"'"_s << QByteArray("$(id) \"x\"");
    QTest::newRow("a shell where needed") << u"printf x | tr x y"_s << QByteArray("y");
    QTest::newRow("warnings do not matter") << u"sh -c 'echo careful >&2; echo s'"_s << QByteArray("s");
    QTest::newRow("64 KiB") << u"head -c 65536 /dev/zero | tr '\\0' x"_s << QByteArray(65536, 'x');
}

void TestPasswordCommand::whatItPrintsIsTheSecret()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, secret);
    QCOMPARE(outcome(line), "secret " + secret);
}

void TestPasswordCommand::whatWentWrongIsSaid_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QString &line, const QByteArray &words) {
        QTest::newRow(name) << line << words;
    };
    row("not there", u"/nonexistent/pass"_s, "secrets.command-failed: execvp: No such file or directory");
    row("fails", u"sh -c 'echo the vault is sealed >&2; exit 3'"_s,
        "secrets.command-failed: ended with 3: the vault is sealed");
    row("fails with the secret in its words", u"sh -c 'echo hunter2; echo not hunter2 >&2; exit 1'"_s,
        "secrets.command-failed: ended with 1: not ***");
    row("killed", u"sh -c 'kill -9 $$'"_s, "secrets.command-failed: killed by a signal");
    row("prints nothing", u"true"_s, "secrets.command-empty: ");
    row("prints a newline alone", u"echo"_s, "secrets.command-empty: ");
    row("prints too much", u"cat /dev/zero"_s, "secrets.size: the command printed more than 64 KiB");
    row("complains at length", u"head -c 9000 /dev/zero | tr '\\0' x >&2; exit 1"_s,
        "secrets.command-failed: ended with 1: " + QByteArray(2000, 'x'));
}

void TestPasswordCommand::whatWentWrongIsSaid()
{
    QFETCH(QString, line);
    QTEST(outcome(line), "words");
}

void TestPasswordCommand::itIsKilledWithAllItStarted()
{
    const test::TemporaryFolder folder;
    const QString pidFile = folder.filePath(u"pid"_s);
    QCOMPARE(outcome(u"sh -c 'sleep 600 & echo $! > %1; wait'"_s.arg(pidFile), 500ms),
        "secrets.command-timeout: the command did not end in time");
    QVERIFY(QFile::exists(pidFile));
    QTRY_VERIFY(!alive(pidFile));
}

void TestPasswordCommand::aStopRequestKillsItToo()
{
    const test::TemporaryFolder folder;
    const QString pidFile = folder.filePath(u"pid"_s);
    std::stop_source source;
    auto task
        = secretFromCommand(u"sh -c 'echo $$ > %1; exec sleep 600'"_s.arg(pidFile), 60s, source.get_token());
    QTRY_VERIFY(alive(pidFile));
    source.request_stop();
    QCOMPARE(test::wordsOf(test::settle(std::move(task))), "secrets.cancelled: stopped");
    QTRY_VERIFY(!alive(pidFile));
}

void TestPasswordCommand::itCannotReadFromTheTerminal()
{
    QCOMPARE(outcome(u"sh -c 'cat; (: < /dev/tty) 2> /dev/null || echo none'"_s), "secret none");
}

QTEST_GUILESS_MAIN(TestPasswordCommand)
#include "tst_passwordcommand.moc"
