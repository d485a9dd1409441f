import { useEffect, useState } from "preact/hooks";

/** On two cores nine of ten glosses are complete in one second; a slower machine's reader should not wait for order. */
const PATIENCE_MILLISECONDS = 2500;

/** True until `working` has lasted too long. */
export function usePatience(working: boolean): boolean {
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!working) return;
    setPatient(true);
    const timer = setTimeout(() => setPatient(false), PATIENCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [working]);
  return patient;
}
