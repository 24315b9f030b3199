#include "basebackupcontract.h"
#include "support/sshgate.h"

// The contract over a real sshd.
class TestBaseBackupSsh : public tidemark::test::BaseBackupContract
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

QTEST_GUILESS_MAIN(TestBaseBackupSsh)
#include "tst_basebackup_ssh.moc"
