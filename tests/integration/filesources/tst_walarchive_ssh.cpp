#include "support/sshgate.h"
#include "walarchivecontract.h"

// The contract over a real sshd.
class TestWalArchiveSsh : public tidemark::test::WalArchiveContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> host() override { return m_gate.reader(); }
    std::chrono::milliseconds patience() const override { return std::chrono::seconds(60); }

private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_gate.open(), QByteArray()); }

private:
    tidemark::test::SshGate m_gate;
};

QTEST_GUILESS_MAIN(TestWalArchiveSsh)
#include "tst_walarchive_ssh.moc"
