#include "secrets/secrets.h"
#include "secretstorecontract.h"

#include <QDirIterator>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

QByteArray secretTool(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess tool;
    tool.start(u"secret-tool"_s, arguments);
    tool.write(input);
    tool.closeWriteChannel();
    return tool.waitForFinished() ? tool.readAllStandardOutput() : QByteArray("hung");
}

const QStringList typed { u"server"_s, u"tidemark"_s, u"type"_s, u"plaintext"_s };

} // namespace

class TestKeychainUnlocked : public test::SecretStoreContract
{
    Q_OBJECT

protected:
    std::shared_ptr<SecretStore> make() override { return makeKeychainSecretStore(); }

private Q_SLOTS:
    void whatAPersonPutThereIsFound();
    void aPersonFindsWhatWasPutThere();
    void severalAtOnceComeEachToItsOwn();
    void aServiceThatHangsCountsAsLockedAndComesBack();
    void aStopRequestEndsTheWait();
    void nothingIsInAPlainFile();
};

void TestKeychainUnlocked::whatAPersonPutThereIsFound()
{
    secretTool(QStringList { u"store"_s, u"--label=x"_s, u"user"_s, u"pg/oltp db"_s } + typed, "by hand");
    QCOMPARE(read(u"pg/oltp db"_s), "by hand");
}

void TestKeychainUnlocked::aPersonFindsWhatWasPutThere()
{
    QCOMPARE(written(u"pg/new"_s, "pä"), "ok");
    QCOMPARE(secretTool(QStringList { u"lookup"_s, u"user"_s, u"pg/new"_s } + typed), "pä");
}

void TestKeychainUnlocked::severalAtOnceComeEachToItsOwn()
{
    std::vector<QCoro::Task<Result<>>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(m_store->write(QString::number(i), Secret("s" + QByteArray::number(i)), {}));
    for (auto &task : tasks)
        QCOMPARE(test::wordsOf(test::settle(std::move(task))), "ok");
    for (int i = 0; i < 20; ++i)
        QCOMPARE(read(QString::number(i)), "s" + QByteArray::number(i));
}

void TestKeychainUnlocked::aServiceThatHangsCountsAsLockedAndComesBack()
{
    const pid_t daemon = qEnvironmentVariableIntValue("TIDEMARK_KEYRING_PID");
    QVERIFY(daemon > 0);
    QCOMPARE(written(u"a"_s, "x"), "ok");
    const auto hasty = makeKeychainSecretStore(200ms);
    QCOMPARE(::kill(daemon, SIGSTOP), 0);
    QCOMPARE(test::wordsOf(test::settle(hasty->read(u"a"_s, {}))),
        "secrets.locked: the keychain did not answer in time");
    QCOMPARE(::kill(daemon, SIGCONT), 0);
    QCOMPARE(read(u"a"_s), "x");
}

void TestKeychainUnlocked::aStopRequestEndsTheWait()
{
    const pid_t daemon = qEnvironmentVariableIntValue("TIDEMARK_KEYRING_PID");
    QCOMPARE(::kill(daemon, SIGSTOP), 0);
    std::stop_source source;
    auto task = m_store->read(u"a"_s, source.get_token());
    source.request_stop();
    QCOMPARE(test::wordsOf(test::settle(std::move(task))), "secrets.cancelled: stopped");
    QCOMPARE(::kill(daemon, SIGCONT), 0);
}

void TestKeychainUnlocked::nothingIsInAPlainFile()
{
    const QByteArray mark = "unmistakable-" + QByteArray::number(4711);
    QCOMPARE(written(u"plain"_s, mark), "ok");
    QCOMPARE(read(u"plain"_s), mark);
    int files = 0;
    QDirIterator all(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(mark), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 1); // the keyring's own is among them
}

QTEST_GUILESS_MAIN(TestKeychainUnlocked)
#include "tst_keychain_unlocked.moc"
