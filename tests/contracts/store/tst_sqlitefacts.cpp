#include "factstorecontract.h"
#include "support/temporaryfolder.h"

using namespace tidemark;

class TestSqliteFacts : public test::FactStoreContract
{
    Q_OBJECT

protected:
    std::shared_ptr<FactStore> open() override
    {
        const auto opened = test::settle(makeSqliteStore(m_folder.path(), {}));
        return opened && *opened ? (*opened)->store : nullptr;
    }

private:
    test::TemporaryFolder m_folder;
};

QTEST_GUILESS_MAIN(TestSqliteFacts)
#include "tst_sqlitefacts.moc"
