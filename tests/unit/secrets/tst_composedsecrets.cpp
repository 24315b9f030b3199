#include "ports/sleep.h"
#include "secrets/secrets.h"
#include "support/settle.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

// A keychain that can be made to fail, and remembers what it was asked.
class FakeKeychain : public SecretStore
{
public:
    QCoro::Task<Result<Secret>> read(QString name, std::stop_token stop) override
    {
        if (trouble)
            co_return tl::unexpected(*trouble);
        auto found = co_await kept->read(name, stop);
        co_return found;
    }
    QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token stop) override
    {
        if (trouble)
            co_return tl::unexpected(*trouble);
        auto done = co_await kept->write(name, secret, stop);
        co_return done;
    }
    QCoro::Task<Result<>> remove(QString name, std::stop_token stop) override
    {
        if (trouble)
            co_return tl::unexpected(*trouble);
        auto done = co_await kept->remove(name, stop);
        co_return done;
    }

    std::optional<Error> trouble;
    std::shared_ptr<SecretStore> kept = makeSessionSecretStore();
};

// A person who answers as scripted, a moment later.
class FakePrompt : public SecretPrompt
{
public:
    QCoro::Task<Result<SecretAnswer>> ask(QString name, Error why, std::stop_token stop) override
    {
        asked += name + u" because "_s + why.code;
        const bool whole = co_await sleepOr(20ms, stop);
        if (!whole)
            co_return failure(ErrorKind::Cancelled, u"prompt.gone"_s, {});
        if (!answer)
            co_return failure(ErrorKind::Cancelled, u"prompt.no"_s, {});
        co_return *answer;
    }
    void couldNotKeep(const QString &name, const Error &error) override
    {
        notKept += name + u": "_s + error.code;
    }

    std::optional<SecretAnswer> answer;
    QStringList asked;
    QStringList notKept;
};

const Error absent { ErrorKind::Unreachable, u"secrets.no-keychain"_s, {} };

} // namespace

class TestComposedSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theKeychainIsAskedBeforeThePerson();
    void anAnswerHoldsForTheSessionOnly();
    void anAnswerToBeKeptGoesToTheKeychain();
    void whatCannotBeKeptHoldsForTheSession();
    void noMeansNoUntilAskedAgain();
    void manyReadersMeanOneQuestion();
    void aStoppedAskerDoesNotSpeakForTheOthers();
    void aStoppedWaiterDoesNotWait();
    void askingAgainForgetsAWrongAnswer();
    void writingWithoutKeychainHoldsAndSaysSo();
    void nobodyIsAskedForImpossibleNames();
    void theCommandGoesBeforeTheName_data();
    void theCommandGoesBeforeTheName();

private:
    QByteArray read(const QString &name)
    {
        const auto answer = test::settle(m_store->read(name, {}));
        return answer && *answer ? (*answer)->reveal() : test::wordsOf(answer);
    }

    std::shared_ptr<FakeKeychain> m_keychain;
    std::shared_ptr<FakePrompt> m_prompt;
    std::shared_ptr<ComposedSecretStore> m_store;
};

void TestComposedSecrets::init()
{
    m_keychain = std::make_shared<FakeKeychain>();
    m_prompt = std::make_shared<FakePrompt>();
    m_store = makeComposedSecretStore(
        { .session = makeSessionSecretStore(), .keychain = m_keychain, .prompt = m_prompt });
}

void TestComposedSecrets::theKeychainIsAskedBeforeThePerson()
{
    QCOMPARE(test::wordsOf(test::settle(m_keychain->kept->write(u"a"_s, Secret("kept"), {}))), "ok");
    QCOMPARE(read(u"a"_s), "kept");
    QCOMPARE(m_prompt->asked, QStringList());
}

void TestComposedSecrets::anAnswerHoldsForTheSessionOnly()
{
    m_prompt->answer = { Secret("given") };
    QCOMPARE(read(u"a"_s), "given");
    QCOMPARE(read(u"a"_s), "given");
    QCOMPARE(m_prompt->asked, QStringList { u"a because secrets.missing"_s });
    QCOMPARE(test::wordsOf(test::settle(m_keychain->kept->read(u"a"_s, {}))).left(15), "secrets.missing");
}

void TestComposedSecrets::anAnswerToBeKeptGoesToTheKeychain()
{
    m_prompt->answer = { Secret("given"), true };
    QCOMPARE(read(u"a"_s), "given");
    QCOMPARE(test::settle(m_keychain->kept->read(u"a"_s, {})).value().value().reveal(), "given");
    m_keychain->trouble = absent; // and nowhere else
    m_prompt->answer.reset();
    QCOMPARE(read(u"a"_s), "secrets.declined: nobody gave \"a\"");
}

void TestComposedSecrets::whatCannotBeKeptHoldsForTheSession()
{
    m_keychain->trouble = absent;
    m_prompt->answer = { Secret("given"), true };
    QCOMPARE(read(u"a"_s), "given");
    QCOMPARE(read(u"a"_s), "given");
    QCOMPARE(m_prompt->asked, QStringList { u"a because secrets.no-keychain"_s });
    QCOMPARE(m_prompt->notKept, QStringList { u"a: secrets.no-keychain"_s });
}

void TestComposedSecrets::noMeansNoUntilAskedAgain()
{
    QCOMPARE(read(u"a"_s), "secrets.declined: nobody gave \"a\"");
    QCOMPARE(read(u"a"_s), "secrets.declined: nobody gave \"a\"");
    QCOMPARE(m_prompt->asked.size(), 1);
    m_prompt->answer = { Secret("given") };
    QCOMPARE(test::wordsOf(test::settle(m_store->askAgain(u"a"_s))), "ok");
    QCOMPARE(read(u"a"_s), "given");
}

void TestComposedSecrets::manyReadersMeanOneQuestion()
{
    m_prompt->answer = { Secret("given") };
    std::vector<QCoro::Task<Result<Secret>>> tasks;
    for (int i = 0; i < 5; ++i)
        tasks.push_back(m_store->read(u"a"_s, {}));
    for (auto &task : tasks)
        QCOMPARE(test::settle(std::move(task)).value().value().reveal(), "given");
    QCOMPARE(m_prompt->asked.size(), 1);
}

void TestComposedSecrets::aStoppedAskerDoesNotSpeakForTheOthers()
{
    m_prompt->answer = { Secret("given") };
    std::stop_source source;
    auto first = m_store->read(u"a"_s, source.get_token());
    auto second = m_store->read(u"a"_s, {});
    source.request_stop();
    QCOMPARE(test::wordsOf(test::settle(std::move(first))), "secrets.cancelled: stopped");
    QCOMPARE(test::settle(std::move(second)).value().value().reveal(), "given");
    QCOMPARE(m_prompt->asked.size(), 2);
}

void TestComposedSecrets::aStoppedWaiterDoesNotWait()
{
    m_prompt->answer = { Secret("given") };
    std::stop_source source;
    auto first = m_store->read(u"a"_s, {});
    auto second = m_store->read(u"a"_s, source.get_token());
    source.request_stop();
    QCOMPARE(test::wordsOf(test::settle(std::move(second))), "secrets.cancelled: stopped");
    QCOMPARE(test::settle(std::move(first)).value().value().reveal(), "given");
}

void TestComposedSecrets::askingAgainForgetsAWrongAnswer()
{
    m_prompt->answer = { Secret("wrong") };
    QCOMPARE(read(u"a"_s), "wrong");
    m_prompt->answer = { Secret("right") };
    QCOMPARE(test::wordsOf(test::settle(m_store->askAgain(u"a"_s))), "ok");
    QCOMPARE(read(u"a"_s), "right");
}

void TestComposedSecrets::writingWithoutKeychainHoldsAndSaysSo()
{
    m_keychain->trouble = absent;
    QCOMPARE(test::wordsOf(test::settle(m_store->write(u"a"_s, Secret("x"), {}))), "secrets.no-keychain: ");
    QCOMPARE(read(u"a"_s), "x");
    QCOMPARE(m_prompt->asked, QStringList());
}

void TestComposedSecrets::nobodyIsAskedForImpossibleNames()
{
    QCOMPARE(read({}), "secrets.name: the name is empty or holds a NUL character");
    QCOMPARE(m_prompt->asked, QStringList());
}

void TestComposedSecrets::theCommandGoesBeforeTheName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("outcome");
    QTest::newRow("command alone") << QString() << u"echo printed"_s << QByteArray("printed");
    QTest::newRow("both") << u"a"_s << u"echo printed"_s << QByteArray("printed");
    QTest::newRow("name alone") << u"a"_s << QString() << QByteArray("kept");
    QTest::newRow("the command fails") << u"a"_s << u"false"_s << QByteArray("kept");
    QTest::newRow("it fails and there is no name")
        << QString() << u"false"_s << QByteArray("secrets.command-failed: ended with 1: ");
    QTest::newRow("neither") << QString() << QString()
                             << QByteArray("secrets.name: the name is empty or holds a NUL character");
}

void TestComposedSecrets::theCommandGoesBeforeTheName()
{
    QFETCH(QString, name);
    QFETCH(QString, command);
    QCOMPARE(test::wordsOf(test::settle(m_keychain->kept->write(u"a"_s, Secret("kept"), {}))), "ok");
    const auto answer = test::settle(secretFor(m_store, name, command, {}));
    QTEST(answer && *answer ? (*answer)->reveal() : test::wordsOf(answer), "outcome");
}

QTEST_GUILESS_MAIN(TestComposedSecrets)
#include "tst_composedsecrets.moc"
