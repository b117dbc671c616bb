package org.atelier.learning.numeric;

import java.lang.ref.Reference;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * The native executioner, with every operation reachable until its native call has returned.
 *
 * <p>The library frees an array outside the heap when its Java object is collected, and its own
 * executioner lets go of an operation, with the array of its dimensions, before the native code
 * that reads them is done: a collection at that instant ends the process ({@code SIGSEGV} in {@code
 * sd::DataBuffer::primary()}; seen once in some hundred trainings, and made to happen by adding
 * rows while another thread collects without pause).
 *
 * <p>Public, with a public constructor, because the library makes it by name.
 */
public final class ReachableExecutioner extends NativeOpExecutioner {
  /** The library's setting for the class of its executioner, read once, at its first use. */
  private static final String SETTING = "opexec";

  /** Makes the library use this class; to be called before anything of it is used. */
  public static void use() {
    System.setProperty(SETTING, ReachableExecutioner.class.getName());
  }

  @Override
  public INDArray exec(Op operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(IndexAccumulation operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(ReduceOp operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(ScalarOp operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(BroadcastOp operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(RandomOp operation, OpContext context, Random random) {
    return keeping(() -> super.exec(operation, context, random), operation, context, random);
  }

  @Override
  public INDArray[] exec(CustomOp operation, OpContext context) {
    return keeping(() -> super.exec(operation, context), operation, context);
  }

  private static <R> R keeping(Supplier<R> call, Object... reachable) {
    try {
      return call.get();
    } finally {
      for (Object one : reachable) {
        Reference.reachabilityFence(one);
      }
    }
  }
}
