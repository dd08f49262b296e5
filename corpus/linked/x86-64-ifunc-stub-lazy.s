// arch: x86-64
// expect: OH202 f+0xd
// link: x86_64-linux-gnu-ld -shared -z lazy
// source: glibc's libc.so.6, whose own calls of strlen() go over such stubs
// why: a stub whose slot is for a function that is chosen at run time has nothing in the file but the way to the dynamic
//   linker; the function returns all the same, and what stands behind the call is code like any other

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	call	chosen
	movq	%rax, %rbx
	addq	$8, %rsp	# planted: popq %rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.hidden	chosen
	.globl	chosen
	.type	chosen, @gnu_indirect_function
chosen:
	.cfi_startproc
	leaq	implementation(%rip), %rax
	ret
	.cfi_endproc
	.size	chosen, .-chosen

	.type	implementation, @function
implementation:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	implementation, .-implementation
