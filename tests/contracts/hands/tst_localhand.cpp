#include "handcontract.h"
#include "hands/hosthand.h"
#include "hosts/hosts.h"

class TestLocalHand : public tidemark::test::HandContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::Hand> makeHand() override
    {
        qputenv("HOME", m_home.path().toUtf8());
        return std::make_shared<tidemark::HostHand>(tidemark::makeHostReaders());
    }
    tidemark::Host host() const override { return {}; }
    QString home() const override { return m_home.path(); }

private:
    tidemark::test::TemporaryFolder m_home;
};

QTEST_GUILESS_MAIN(TestLocalHand)
#include "tst_localhand.moc"
