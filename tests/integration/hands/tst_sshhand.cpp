#include "handcontract.h"
#include "hands/hosthand.h"
#include "lab/unprivileged.h"
#include "support/sshgate.h"

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The contract over a real sshd.
class TestSshHand : public test::HandContract
{
    Q_OBJECT

protected:
    std::shared_ptr<Hand> makeHand() override
    {
        if (!m_gate)
            m_gate = std::make_unique<test::SshGate>();
        static_cast<void>(m_gate->reader());
        return std::make_shared<HostHand>(makeHostReaders());
    }
    Host host() const override { return test::SshGate::host(); }
    QString home() const override
    {
        const auto account = lab::accountToDropTo();
        const passwd *entry = getpwuid(account ? account->uid : getuid());
        const QString home = QString::fromLocal8Bit(entry->pw_dir);
        // As jobs choose their place.
        const bool usable = QFileInfo(home).isDir() && QFileInfo(home).ownerId() == entry->pw_uid;
        return usable ? home : u"/var/tmp/tidemark-%1"_s.arg(entry->pw_uid);
    }

private Q_SLOTS:
    void aJobOutlivesTheConnection()
    {
        QCOMPARE(started("sleep 1.5; echo done"), "ok");
        m_gate->killServer();
        const auto away
            = test::settle(m_hand->look(job(), 0, std::chrono::seconds(1), {}), std::chrono::seconds(30));
        QVERIFY(away && !*away);
        QCOMPARE((*away).error().kind, ErrorKind::Unreachable);
        m_gate->startServer();
        QCOMPARE(followed(), "ended 0 done\n");
    }
    void cleanupTestCase() { m_gate.reset(); }

private:
    std::unique_ptr<test::SshGate> m_gate;
};

QTEST_GUILESS_MAIN(TestSshHand)
#include "tst_sshhand.moc"
